/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_shell_grammar.c: bodies and their trees, as test_shell_print.h writes them
 */
#include "syntax/test_shell_print.h"

struct row {
    const char *body, *printed;
};

static void
check_rows(struct scl_arena *arena, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(shell_printed(arena, scl_str_c(rows[i].body), NULL), rows[i].printed,
                   rows[i].body);
}

static const struct row simple_commands_words_and_assignments_rows[] = {
    { "apt-get update", "[(apt-get update)]" },
    { "  a   b\tc  ", "[(a b c)]" },
    { "a;", "[(a)]" },
    { "a b\\ c\\;d \\\\ \\\"", "[(a b\\ c\\;d \\\\ \\\")]" },
    { "x=1", "[(x=1)]" },
    { "x=1 y=\"2 3\" z= a", "[(x=1 y=\"2 3\" z= a)]" },
    { "x=1=2 a=b c=d", "[(x=1=2 a=b c=d)]" },
    { "A=~/b:c a", "[(A=~/b:c a)]" },
    { "1x=2", "[(1x=2)]" },
    { "a x=1", "[(a x=1)]" },
    { "-a=b c", "[(-a=b c)]" },
    { "x+=1 a", "[(x+=1 a)]" },
    { "/usr/bin/env A=b [ -f x ]", "[(/usr/bin/env A=b [ -f x ])]" },
    { "echo {} + \\; % @ ^ , a=b {a,b} ]]", "[(echo {} + \\; % @ ^ , a=b {a,b} ]])]" },
    { "# nothing", "[]" },
    { "a # b && c", "[(a)]" },
    { "a#b c\\#d", "[(a#b c\\#d)]" },
    { "a \"#b\" '#c'", "[(a \"#b\" '#c')]" },
    { ":", "[(:)]" },
    { ".  ./x", "[(. ./x)]" },
    { ":\n a", "[(:) ; (a)]" },
    { "a\\\nb c", "[(ab c)]" },
    { "a \\\n  b \\\n c", "[(a b c)]" },
    { "\\\n\\\n a", "[(a)]" },
    { "a \\\n# b", "[(a)]" },
    { "\"a\" 'b' \"c\"'d'e", "[(\"a\" 'b' \"c\"'d'e)]" },
    { "\"\"", "[(\"\")]" },
    { "'' a \"\"", "[('' a \"\")]" },
    { "a\"b c\"'d \"e\"'f\\ g", "[(a\"b c\"'d \"e\"'f\\ g)]" },
    { "\"a\\b\\\"c\\$d\\`e\\\\f\"", "[(\"a\\b\\\"c\\$d\\`e\\\\f\")]" },
    { "\"a\\\nb\"", "[(\"ab\")]" },
    { "'a\nb'", "[('a\nb')]" },
    { "\"a\nb\"", "[(\"a\nb\")]" },
    { "\351 \374", "[(\351 \374)]" },
};

static const struct row lists_and_pipelines_are_flat_with_joins_rows[] = {
    { "a && b || c ; d & e", "[(a) && (b) || (c) ; (d) & ; (e)]" },
    { "a | b |& c", "[(a) | (b) |& (c)]" },
    { "! a | b && ! c", "[! (a) | (b) && ! (c)]" },
    { "! ! a", "[(a)]" },
    { "a&b", "[(a) & ; (b)]" },
    { "a;b;c", "[(a) ; (b) ; (c)]" },
    { "a\nb\n\n\nc", "[(a) ; (b) ; (c)]" },
    { "a &&\n\n b |\n c ||\n# x\n d", "[(a) && (b) | (c) || (d)]" },
    { "a & b && c & ", "[(a) & ; (b) && (c) &]" },
    { "a&&b||c", "[(a) && (b) || (c)]" },
    { "{ a; b; } && c", "[(group [(a) ; (b)]) && (c)]" },
    { "a ; # x\n b", "[(a) ; (b)]" },
    { "a || { b; exit 1; }", "[(a) || (group [(b) ; (exit 1)])]" },
    { "a && (b || c) && d", "[(a) && (sub [(b) || (c)]) && (d)]" },
    { "time a", "[(time a)]" },
    { "time -p { a; } | b", "[(group [(a)]) | (b)]" },
    { "time (a)", "[(sub [(a)])]" },
};

static const struct row redirections_know_descriptor_and_operator_rows[] = {
    { "a >b", "[(a 1>b)]" },
    { "a > b 2>&1", "[(a 1>b 2>&1)]" },
    { "a >>b 2>/dev/null <c", "[(a 1>>b 2>/dev/null 0<c)]" },
    { "a >|b <>c", "[(a 1>|b 0<>c)]" },
    { "a 2>&- <&3", "[(a 2>&- 0<&3)]" },
    { ">b", "[(1>b)]" },
    { ">b a c", "[(1>b a c)]" },
    { "a >&2 b", "[(a 1>&2 b)]" },
    { "a &>b", "[(a 1&>b)]" },
    { "a &>>b c", "[(a 1&>>b c)]" },
    { "a <<<b", "[(a 0<<<b)]" },
    { "a <<<\"$b c\"", "[(a 0<<<\"<b> c\")]" },
    { "a {fd}>b", "[(a {}>b)]" },
    { "10>a b", "[(10>a b)]" },
    { "a2>b", "[(a2 1>b)]" },
    { "a 2 >b", "[(a 2 1>b)]" },
    { "echo 2>b 3", "[(echo 2>b 3)]" },
    { "a >\"$b\" 2>'c d'", "[(a 1>\"<b>\" 2>'c d')]" },
    { "{ a; } >b 2>&1", "[(group [(a)] 1>b 2>&1)]" },
    { "(a) <b | c", "[(sub [(a)] 0<b) | (c)]" },
    { "if a; then b; fi >c", "[(if if[(a)] do[(b)] 1>c)]" },
    { "a >$(b)", "[(a 1>$[(b)])]" },
};

static const struct row compound_commands_rows[] = {
    { "if a; then b; fi", "[(if if[(a)] do[(b)])]" },
    { "if a; then b; else c; fi", "[(if if[(a)] do[(b)] else[(c)])]" },
    { "if a; b && c; then d\ne\nelif f; then g; elif h; then i; else j; fi",
      "[(if if[(a) ; (b) && (c)] do[(d) ; (e)] if[(f)] do[(g)] if[(h)] do[(i)] else[(j)])]" },
    { "if ! a; then b; fi", "[(if if[! (a)] do[(b)])]" },
    { "if (a) then (b) fi", "[(if if[(sub [(a)])] do[(sub [(b)])])]" },
    { "if a\nthen\nb\nfi", "[(if if[(a)] do[(b)])]" },
    { "while a; do b; c; done", "[(while if[(a)] do[(b) ; (c)])]" },
    { "until a; do b; done | c", "[(until if[(a)] do[(b)]) | (c)]" },
    { "while :; do :; done & ", "[(while if[(:)] do[(:)]) &]" },
    { "for x in a b \"$c\"; do d; done", "[(for x in a b \"<c>\" do[(d)])]" },
    { "for x; do d; done", "[(for x do[(d)])]" },
    { "for x in; do d; done", "[(for x in do[(d)])]" },
    { "for x in a b\ndo\nd\ndone", "[(for x in a b do[(d)])]" },
    { "for x\nin a; do b; done", "[(for x in a do[(b)])]" },
    { "for x do a; done", "[(for x do[(a)])]" },
    { "for i in 1 2 3 ; do a $i || exit; done && b",
      "[(for i in 1 2 3 do[(a <i>) || (exit)]) && (b)]" },
    { "case a in esac", "[(case a)]" },
    { "case $x in a) b;; c|d) e;; *) f; esac",
      "[(case <x> (a do[(b)]) (c d do[(e)]) (* do[(f)]))]" },
    { "case a in (b) c;; (d|e) ;; esac", "[(case a (b do[(c)]) (d e do[]))]" },
    { "case a in\n  b)\n    c\n    ;;\n  *)\n    d\n    ;;\nesac",
      "[(case a (b do[(c)]) (* do[(d)]))]" },
    { "case \"$a-$b\" in \"x y\"-*) c;; ?[ab]*) d;; esac >e",
      "[(case \"<a>-<b>\" (\"x y\"-* do[(c)]) (?[ab]* do[(d)]) 1>e)]" },
    { "case a in b) if c; then d; fi;; esac", "[(case a (b do[(if if[(c)] do[(d)])]))]" },
    { "case a in if) b;; esac", "[(case a (if do[(b)]))]" },
    { "{ a; }", "[(group [(a)])]" },
    { "{ a; { b; }; }", "[(group [(a) ; (group [(b)])])]" },
    { "(a; b)", "[(sub [(a) ; (b)])]" },
    { "(a)", "[(sub [(a)])]" },
    { "( (a); b )", "[(sub [(sub [(a)]) ; (b)])]" },
    { "((a); b)", "[(sub [(sub [(a)]) ; (b)])]" },
    { "f() { a; }", "[(function f (group [(a)]))]" },
    { "f () ( a )", "[(function f (sub [(a)]))]" },
    { "f()\n{\n a\n}", "[(function f (group [(a)]))]" },
    { "f() { a; } >b", "[(function f (group [(a)] 1>b))]" },
    { "f() if a; then b; fi", "[(function f (if if[(a)] do[(b)]))]" },
    { "f() { g() { a; }; g; }; f x",
      "[(function f (group [(function g (group [(a)])) ; (g)])) ; (f x)]" },
    { "echo if then fi done }", "[(echo if then fi done })]" },
    { "a; { b; } ; c", "[(a) ; (group [(b)]) ; (c)]" },
};

static const struct row substitutions_are_read_in_place_rows[] = {
    { "a $(b c) d", "[(a $[(b c)] d)]" },
    { "a \"$(b \"$(c \"d\")\")\"", "[(a \"$[(b \"$[(c \"d\")]\")]\")]" },
    { "a $(b; c | d)", "[(a $[(b) ; (c) | (d)])]" },
    { "a $( )", "[(a $[])]" },
    { "$(a) b", "[($[(a)] b)]" },
    { "a`b`c", "[(a$[(b)]c)]" },
    { "a `b \\`c\\` d`", "[(a $[(b $[(c)] d)])]" },
    { "\"`a \\\"b\\\"`\"", "[(\"$[(a \"b\")]\")]" },
    { "a `b 'c'` \"`d`\"", "[(a $[(b 'c')] \"$[(d)]\")]" },
    { "a $(b `c $(d)`)", "[(a $[(b $[(c $[(d)])])])]" },
    { "a $(<b)", "[(a $[(0<b)])]" },
    { "a $(case x in y) z;; esac) b", "[(a $[(case x (y do[(z)]))] b)]" },
    { "a $(b # c)\n) d", "[(a $[(b)] d)]" },
    { "a $(b\nc)", "[(a $[(b) ; (c)])]" },
    { "a $((1+2)) b", "[(a <((1+2))> b)]" },
    { "a $((b*(c+1))) $(( $(d) + `e` + ${f} ))",
      "[(a <((b*(c+1)))> <(( $[(d)] + $[(e)] + <f> ))>)]" },
    { "a \"$((1))\" ", "[(a \"<((1))>\")]" },
    { "a $((b);(c))", "[(a $[(sub [(b)]) ; (sub [(c)])])]" },
    { "x=$(a) y=`b`", "[(x=$[(a)] y=$[(b)])]" },
    { "x=$(a)", "[(x=$[(a)])]" },
    { "a <(b) >(c d)", "[(a <[(b)] >[(c d)])]" },
    { "a --x=<(b)", "[(a --x=<[(b)])]" },
    { "a < <(b) > >(c)", "[(a 0<<[(b)] 1>>[(c)])]" },
};

static const struct row parameters_rows[] = {
    { "$a $ab_1 $1 $12 $@ $* $# $? $$ $! $- $0",
      "[(<a> <ab_1> <1> <1>2 <@> <*> <#> <?> <$> <!> <-> <0>)]" },
    { "${a} ${a_b}c ${10} ${@} ${#}", "[(<a> <a_b>c <10> <@> <#>)]" },
    { "${a:-b} ${a-b} ${a:=b} ${a=b} ${a:?b} ${a?b} ${a:+b} ${a+b}",
      "[(<a:- b> <a- b> <a:= b> <a= b> <a:? b> <a? b> <a:+ b> <a+ b>)]" },
    { "${a:-b c} ${a:-\"b c\"} ${a:-'b}'} ${a:-$b} ${a:-${b:-c}}",
      "[(<a:- b c> <a:- \"b c\"> <a:- 'b}'> <a:- <b>> <a:- <b:- c>>)]" },
    { "\"${a:-b c}\" \"${a:-\"b c\"}\" \"${a:-'b'}\" \"${a:-\\}}\"",
      "[(\"<a:- b c>\" \"<a:- \"b c\">\" \"<a:- 'b'>\" \"<a:- \\}>\")]" },
    { "${a#b} ${a##*/} ${a%.*} ${a%%\"b\"}", "[(<a# b> <a## */> <a% .*> <a%% \"b\">)]" },
    { "\"${a%'}'}\"", "[(\"<a% '}'>\")]" },
    { "${#a} ${#1} ${#@} ${##} ${#-b} ${#?}", "[(<#a> <#1> <#@> <##> <#- b> <#?>)]" },
    { "${a:1} ${a:1:2} ${a: -1} ${a:$b}", "[(<a: 1> <a: 1:2> <a:  -1> <a: <b>>)]" },
    { "${a/b/c} ${a//b/c} ${a/b} ${a/#b/c} ${a//\\//-} ${a/$b/\"$c\"}",
      "[(<a/ b c> <a// b c> <a/ b> <a/ #b c> <a// \\/ -> <a/ <b> \"<c>\">)]" },
    { "${a^} ${a^^} ${a,,[A-Z]} ${a@Q}", "[(<a^ > <a^^ > <a,, [A-Z]> <a@ Q>)]" },
    { "${!a} ${!a*} ${!a@} ${!a[@]} ${!1} ${!}", "[(<!a> <!a*> <!a*> <!a[@]> <!1> <!>)]" },
    { "${a[0]} ${a[@]} ${a[*]} ${a[$i]} ${#a[@]} ${a[\"x y\"]} ${a[@]:1}",
      "[(<a[0]> <a[@]> <a[*]> <a[<i>]> <#a[@]> <a[\"x y\"]> <a[@]: 1>)]" },
    { "${a:-} ${a:+} ${a#}", "[(<a:- > <a:+ > <a# >)]" },
    { "${a:-$(b c)} ${a:-`b`}", "[(<a:- $[(b c)]> <a:- $[(b)]>)]" },
    { "a$ b$% $ \"$\" \"a$\"", "[(a$ b$% $ \"$\" \"a$\")]" },
    { "$'a' $'a\\'b' $'\\x41\n' \"$'a'\" $\"a $b\"",
      "[($'a' $'a\\'b' $'\\x41\n' \"$'a'\" \"a <b>\")]" },
};

static const struct row bash_forms_rows[] = {
    { "[[ -f a && -n \"$b\" || ! ( c == d* ) ]]", "[(cond -f a && -n \"<b>\" || ! ( c == d* ))]" },
    { "[[ $a =~ ^(x|y)+[0-9]$ ]] && b", "[(cond <a> =~ ^(x|y)+[0-9]$) && (b)]" },
    { "[[ a < b ]]", "[(cond a < b)]" },
    { "[[ $a =~ $b ]]", "[(cond <a> =~ <b>)]" },
    { "[[ a\n&& b ]]", "[(cond a && b)]" },
    { "[ a ] && [[ b ]]", "[([ a ]) && (cond b)]" },
    { "(( a++ ))", "[(calc  a++ )]" },
    { "(( a < (b + 1) )) && c", "[(calc  a < (b + 1) ) && (c)]" },
    { "((a=1, b=2))", "[(calc a=1, b=2)]" },
    { "for ((i=0; i<3; i++)); do a; done", "[(for <((i=0; i<3; i++))> do[(a)])]" },
    { "for ((;;)) do a; done", "[(for <((;;))> do[(a)])]" },
    { "select a in b c; do d; done", "[(select a in b c do[(d)])]" },
    { "function f { a; }", "[(function f (group [(a)]))]" },
    { "function f() { a; } >b", "[(function f (group [(a)] 1>b))]" },
    { "function f-g.h\n{ a; }", "[(function f-g.h (group [(a)]))]" },
    { "a=(b c) d", "[(a=@(b c) d)]" },
    { "a=() b", "[(a=@() b)]" },
    { "a=(b \"c d\" $(e) [1]=f\n # x\n g)", "[(a=@(b \"c d\" $[(e)] [1]=f g))]" },
    { "a[1]=b a[$i]+=c", "[(a[1]=b a[<i>]+=c)]" },
    { "a+=(b)", "[(a+=@(b))]" },
    { "declare -a a=(b c)", "[(declare -a a=@(b c))]" },
    { "local -r a=(\"$@\") b", "[(local -r a=@(\"<@>\") b)]" },
    { "export A=b C=\"d e\"", "[(export A=b C=\"d e\")]" },
    { "a !(b|c) @(d) +(e|f(g)) *.x", "[(a !(b|c) @(d) +(e|f(g)) *.x)]" },
    { "a ?(b c)d", "[(a ?(b c)d)]" },
    { "a <<<b <<<c", "[(a 0<<<b 0<<<c)]" },
    { "x=a[1] y=(b[2])", "[(x=a[1] y=@(b[2]))]" },
};

static const struct row here_documents_are_read_behind_everything_rows[] = {
    { "a <<E\nb\nE\nc", "[(a 0<<E{b\n}) ; (c)]" },
    { "a <<E | b && c\nd $e\nE\nf", "[(a 0<<E{d <e>\n}) | (b) && (c) ; (f)]" },
    { "a <<'E'\n$b `c` \\\\\nE\n", "[(a 0<<'E'{$b `c` \\\\\n})]" },
    { "a <<\"E F\"\nb\nE F\n", "[(a 0<<\"E F\"{b\n})]" },
    { "a <<\\E\n$b\nE\n", "[(a 0<<\\E{$b\n})]" },
    { "a <<-E\n\tb\n\t\tc $d\n\tE\ne", "[(a 0<<-E{b\nc <d>\n}) ; (e)]" },
    { "a <<-'E'\n\tb\n\tE\n", "[(a 0<<-'E'{b\n})]" },
    { "a <<E <<F\nb\nE\nc\nF\nd", "[(a 0<<E{b\n} 0<<F{c\n}) ; (d)]" },
    { "a <<E\nE\nb", "[(a 0<<E{}) ; (b)]" },
    { "a <<E\nb $(c <<F\nd\nF\n) e\nE\nf", "[(a 0<<E{b $[(c 0<<F{d\n})] e\n}) ; (f)]" },
    { "a <<E\n\"b\" 'c' \\$d \\\\ \\`e\\` \\x\nE\n",
      "[(a 0<<E{\"b\" 'c' \\$d \\\\ \\`e\\` \\x\n})]" },
    { "a <<E\n${b:-\"c\"} $((1+1)) `d`\nE\n", "[(a 0<<E{<b:- \"c\"> <((1+1))> $[(d)]\n})]" },
    { "if a <<E\nb\nE\nthen c; fi", "[(if if[(a 0<<E{b\n})] do[(c)])]" },
    { "a $(b <<E\nc\nE\n) d", "[(a $[(b 0<<E{c\n})] d)]" },
    { "a 3<<E 4<<-E\nb\nE\nc\n\tE\n", "[(a 3<<E{b\n} 4<<-E{c\n})]" },
    { "cat >f <<E && d\nb\nE\nc", "[(cat 1>f 0<<E{b\n}) && (d) ; (c)]" },
    { "f() { a <<E\nb\nE\n}", "[(function f (group [(a 0<<E{b\n})]))]" },
    { "a <<$x\nb\n$x\nc", "[(a 0<<<x>{b\n}) ; (c)]" },
    { "a <<E\n E\nE \nE\nb", "[(a 0<<E{ E\nE \n}) ; (b)]" },
};

static const struct row scripts_of_a_shell_are_read_too_rows[] = {
    { "sh -c 'a && b'", "[(sh -c 'a && b' => [(a) && (b)])]" },
    { "sh -c \"a $b\"", "[(sh -c \"a <b>\")]" },
    { "bash -ec \"a 'b c' \\\"d\\\" \\$e\"",
      "[(bash -ec \"a 'b c' \\\"d\\\" \\$e\" => [(a 'b c' \"d\" <e>)])]" },
    { "/bin/bash -o pipefail -c 'a | b' x y",
      "[(/bin/bash -o pipefail -c 'a | b' x y => [(a) | (b)])]" },
    { "bash -euxo pipefail -c 'a'", "[(bash -euxo pipefail -c 'a' => [(a)])]" },
    { "sh -c -e -- 'a; b'", "[(sh -c -e -- 'a; b' => [(a) ; (b)])]" },
    { "sh -c a\\ b", "[(sh -c a\\ b => [(a b)])]" },
    { "sh -c $'a\nb \\'c\\''", "[(sh -c $'a\nb \\'c\\'' => [(a) ; (b 'c')])]" },
    { "sh -c 'sh -c \"a\"'", "[(sh -c 'sh -c \"a\"' => [(sh -c \"a\")])]" },
    { "sh a -c 'b'", "[(sh a -c 'b')]" },
    { "sh --norc -lc 'a'", "[(sh --norc -lc 'a' => [(a)])]" },
    { "zsh -c 'a)'", "[(zsh -c 'a)' => [(a)])] !9 ')' without '('" },
    { "env X=1 sh -c 'a'", "[(env X=1 sh -c 'a' => [(a)])]" },
    { "sudo -u b bash -c 'c'", "[(sudo -u b bash -c 'c' => [(c)])]" },
    { "su - u -c 'a b'", "[(su - u -c 'a b' => [(a b)])]" },
    { "bash <<'E'\na\nb\nE\n", "[(bash 0<<'E'{a\nb\n} => [(a) ; (b)])]" },
    { "bash -s <<E\na\nE\n", "[(bash -s 0<<E{a\n} => [(a)])]" },
    { "bash x <<E\na\nE\n", "[(bash x 0<<E{a\n})]" },
    { "sh -c \"a 'b\"", "[(sh -c \"a 'b\" => ?[?(a ?\?'b)])] !9 a \"'\" that is not closed" },
    { "sh -c 'a <<E\nb\nE\n'", "[(sh -c 'a <<E\nb\nE\n' => [(a 0<<E{b\n})])]" },
    { "sh -c", "[(sh -c)]" },
    { "a -c 'b'", "[(a -c 'b')]" },
};

static const struct row what_is_not_understood_is_noted_and_what_was_read_stays_rows[] = {
    { "a )", "[(a)] !2 ')' without '('" },
    { "a; b)c", "[(a) ; (b)] !4 ')' without '('" },
    { "a && ", "?[(a)] !2 '&&' without a command behind it" },
    { "a ||; b", "?[(a)] !4 ';' where a command should begin" },
    { "a | | b", "?[(a)] !4 '|' where a command should begin" },
    { "| a", "?[] !0 '|' where a command should begin" },
    { "&& a", "?[] !0 '&&' where a command should begin" },
    { "; a", "?[] !0 ';' where a command should begin" },
    { "a ;; b", "[(a)] !2 ';;' outside of 'case'" },
    { "a; ; b", "?[(a)] !3 ';' where a command should begin" },
    { "a &; b", "?[(a) &] !3 ';' where a command should begin" },
    { "if a; then b", "?[?(if if[(a)] do[(b)])] !0 'if' without 'fi'" },
    { "if a; then b; done", "?[?(if if[(a)] do[(b)])] !14 'done' where 'fi' should be" },
    { "if a; fi", "?[?(if if[(a)])] !6 'fi' where 'then' should be" },
    { "if ; then a; fi", "?[?(if ?if[])] !3 ';' where a command should begin" },
    { "if a; then fi", "?[?(if if[(a)] do[])] !11 'then' without a command behind it" },
    { "while a; do b", "?[?(while if[(a)] do[(b)])] !9 'do' without 'done'" },
    { "while a; b; done", "?[?(while if[(a) ; (b)])] !12 'done' where 'do' should be" },
    { "for in a; do b; done", "?[?(for in )] !7 'a' where 'do' should be" },
    { "for x in a; b; done", "?[?(for x in a)] !12 'b' where 'do' should be" },
    { "for x in a; do done", "?[?(for x in a do[])] !15 'do' without a command behind it" },
    { "for", "?[?(for )] !3 'for' without a name" },
    { "case a b) c;; esac", "?[?(case a)] !7 'b' where 'in' should be" },
    { "case a in b c) d;; esac", "?[?(case a ?(b ?do[]))] !12 a pattern of 'case' without ')'" },
    { "case a in b) c; d", "?[?(case a ?(b do[(c) ; (d)]))] !0 'case' without 'esac'" },
    { "case a in ;; esac", "?[?(case a ?(?do[]))] !10 ';;' where a pattern should be" },
    { "case", "?[?(case )] !4 'end of text' where a word should be" },
    { "fi", "[] !0 'fi' without 'if'" },
    { "a; then b", "[(a)] !3 'then' without 'if'" },
    { "done", "[] !0 'done' without 'do'" },
    { "}", "[] !0 '}' without '{'" },
    { "{ a", "?[?(group [(a)])] !0 '{' without '}'" },
    { "{ }", "?[?(group [])] !2 '{' without a command behind it" },
    { "{ a }", "?[?(group [(a })])] !0 '{' without '}'" },
    { "(a", "?[?(sub [(a)])] !0 '(' without ')'" },
    { "()", "?[?(sub [])] !1 '(' without a command behind it" },
    { "(a; b", "?[?(sub [(a) ; (b)])] !0 '(' without ')'" },
    { "a (b)", "?[?(a)] !2 '(' where a word should be" },
    { "a b (c)", "?[?(a b)] !4 '(' where a word should be" },
    { "a=(b", "?[?(?a=?\?@(b))] !2 a '(' that is not closed" },
    { "a 'b", "?[?(a ?\?'b)] !2 a \"'\" that is not closed" },
    { "a \"b", "?[?(a ?\?\"b\")] !2 a '\"' that is not closed" },
    { "a; b \"c; d", "?[(a) ; ?(b ?\?\"c; d\")] !5 a '\"' that is not closed" },
    { "a `b", "?[?(a ?)] !2 a '`' that is not closed" },
    { "a $(b", "?[?(a ?\?$[(b)])] !2 a '$(' that is not closed" },
    { "a \"$(b; c", "?[?(a ?\?\"?$[(b) ; (c)]\")] !3 a '$(' that is not closed" },
    { "a ${b", "?[?(a ?\?<b>)] !2 a '${' that is not closed" },
    { "a ${b c}", "?[?(a ?\?<b>)] !5 no form of '${' that is known" },
    { "a ${}", "?[?(a ?\?<>)] !4 a '${' without a name" },
    { "a ${b:-c", "?[?(a ?\?<b:- c>)] !2 a '${' that is not closed" },
    { "a $((1+2)", "?[?(a ?\?$[(sub [(1+2)])])] !2 a '$(' that is not closed" },
    { "a <", "?[?(a ?0<)] !2 a redirection without a target" },
    { "a > | b", "?[?(a ?1>)] !2 a redirection without a target" },
    { "a > ; b", "?[?(a ?1>)] !2 a redirection without a target" },
    { "a <<", "?[?(a ?0<<)] !2 a redirection without a target" },
    { "a <<E", "[(a 0<<E)] !2 here-document 'E' has no end" },
    { "a <<E\nb\nc", "[(a 0<<E{b\nc})] !2 here-document 'E' has no end" },
    { "a <<E\nb\nE", "[(a 0<<E{b\n})]" },
    { "a <<E\n$(b\nE\nc", "[(a 0<<E{?\?$[(b)]}) ; (c)] !6 a '$(' that is not closed" },
    { "[[ a", "?[?(cond a )] !0 '[[' without ']]'" },
    { "[[ a && b ) ]]", "?[?(cond a && b )] !10 ')' inside of '[['" },
    { "[[ a ; b ]]", "?[?(cond a )] !5 ';' inside of '[['" },
    { "f() ", "?[?(function f )] !4 'end of text' where a command should begin" },
    { "f( a", "?[?(f)] !1 '(' where a word should be" },
    { "f() }", "?[?(function f )] !4 '}' where a command should begin" },
    { "function", "?[?(function )] !8 'function' without a name" },
    { "function f a", "?[?(function f )] !11 'a' where a compound command should be" },
    { "\"a\"() { b; }", "?[?(\"a\")] !3 '(' where a word should be" },
    { "x=1 f() { a; }", "?[?(x=1 f)] !5 '(' where a word should be" },
    { "a | ! b", "?[(a)] !4 '!' where a command should begin" },
    { "! ", "?[] !2 'end of text' where a command should begin" },
    { "a `b)` c", "[(a $[(b)] c)] !4 ')' without '('" },
    { "a `if b` && c", "[(a $?[?(if if[(b)])]) && (c)] !3 'if' without 'then'" },
    { "a !(b", "?[?(a ?!(b)] !2 a '(' that is not closed" },
    { "a <(b", "?[?(a ?\?<[(b)])] !2 a '<(' that is not closed" },
    { "(( a", "?[?(calc  a)] !0 '((' without '))'" },
    { "a \\", "[(a \\)]" },
    { "$(a", "?[?(?\?$[(a)])] !0 a '$(' that is not closed" },
};

static void
simple_commands_words_and_assignments(void **state)
{
    check_rows(*state, simple_commands_words_and_assignments_rows,
               COUNT(simple_commands_words_and_assignments_rows));
}

static void
lists_and_pipelines_are_flat_with_joins(void **state)
{
    check_rows(*state, lists_and_pipelines_are_flat_with_joins_rows,
               COUNT(lists_and_pipelines_are_flat_with_joins_rows));
}

static void
redirections_know_descriptor_and_operator(void **state)
{
    check_rows(*state, redirections_know_descriptor_and_operator_rows,
               COUNT(redirections_know_descriptor_and_operator_rows));
}

static void
compound_commands(void **state)
{
    check_rows(*state, compound_commands_rows,
               COUNT(compound_commands_rows));
}

static void
substitutions_are_read_in_place(void **state)
{
    check_rows(*state, substitutions_are_read_in_place_rows,
               COUNT(substitutions_are_read_in_place_rows));
}

static void
parameters(void **state)
{
    check_rows(*state, parameters_rows,
               COUNT(parameters_rows));
}

static void
bash_forms(void **state)
{
    check_rows(*state, bash_forms_rows,
               COUNT(bash_forms_rows));
}

static void
here_documents_are_read_behind_everything(void **state)
{
    check_rows(*state, here_documents_are_read_behind_everything_rows,
               COUNT(here_documents_are_read_behind_everything_rows));
}

static void
scripts_of_a_shell_are_read_too(void **state)
{
    check_rows(*state, scripts_of_a_shell_are_read_too_rows,
               COUNT(scripts_of_a_shell_are_read_too_rows));
}

static void
what_is_not_understood_is_noted_and_what_was_read_stays(void **state)
{
    check_rows(*state, what_is_not_understood_is_noted_and_what_was_read_stays_rows,
               COUNT(what_is_not_understood_is_noted_and_what_was_read_stays_rows));
}

SUITE(
    CASE(simple_commands_words_and_assignments),
    CASE(lists_and_pipelines_are_flat_with_joins),
    CASE(redirections_know_descriptor_and_operator),
    CASE(compound_commands),
    CASE(substitutions_are_read_in_place),
    CASE(parameters),
    CASE(bash_forms),
    CASE(here_documents_are_read_behind_everything),
    CASE(scripts_of_a_shell_are_read_too),
    CASE(what_is_not_understood_is_noted_and_what_was_read_stays))
