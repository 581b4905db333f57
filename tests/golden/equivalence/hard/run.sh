# SPDX-License-Identifier: Apache-2.0
docker run --name relay --user 2500:2500 --read-only --cap-drop ALL \
  --security-opt no-new-privileges --pids-limit 100 --memory 128m --memory-swap 128m --cpus 0.25 \
  --restart on-failure:3 --env RELAY_DOMAIN=example.org --publish 127.0.0.1:2525:2525 \
  --health-cmd 'relay check' \
  r.example/relay:3.2@sha256:5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e
