# SPDX-License-Identifier: Apache-2.0
docker run --name relay --user 0:0 --pid host --ipc host --network host \
  --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
  --volume /var/run/docker.sock:/var/run/docker.sock --volume /etc:/host/etc --device /dev/kmsg \
  --env RELAY_PASSWORD=hunter2hunter2 r.example/relay:latest
