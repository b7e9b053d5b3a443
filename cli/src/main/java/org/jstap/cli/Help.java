package org.jstap.cli;

/** What {@code --help} prints. */
final class Help {
    private Help() { }

    static final String TEXT = """
            Usage: jstap [OPTIONS] FILE [ARGUMENTS]       run the script in FILE
                   jstap [OPTIONS] -        [ARGUMENTS]   run the script on standard input
                   jstap [OPTIONS] -e SCRIPT [ARGUMENTS]  run the given script
                   jstap [OPTIONS] -l PROBE | -L PROBE    list probe points, with -L their variables
                   jstap [OPTIONS] --dump-probe-types | --dump-probe-aliases | --dump-functions

            Scripts and their world
              -e SCRIPT        script text           -E SCRIPT     more script text, repeatable
              -I DIR           one more tapset directory
              -G NAME=VALUE    initial value of a global
              -D NAME=VALUE    limit: MAXSTRINGLEN MAXACTION MAXNESTING MAXMAPENTRIES MAXERRORS MAXSKIPPED ...
              -c CMD           start CMD, end with it; its pid is target()
              -x PID           target() is PID
              --target-namespaces=PID                ns_pid() and its like tell ids as PID sees them
              -m NAME          module_name() and the directory of procfs files are NAME
              -T SECONDS       end after that time
              -g               guru mode: functions that change what they observe

            Output
              -o FILE          write output to FILE (strftime patterns allowed)
              -S MB[,N]        with -o: several files FILE.0, FILE.1 ... of MB megabytes, the newest N kept
              -F               with -o: go on in the background, and tell the process id
              -s MB            size of the output buffer
              -t               tell at the end how often each probe was hit and how long its handler took
              -v               tell about each pass, repeatable;  --vp 00001 for single passes
              -w               no warnings           -W            warnings are errors
              --color[=WHEN]   colours in messages: never, always, auto
              --no-global-var-display                globals that are only written are not shown at the end
              --suppress-handler-errors              errors at run time are counted, not shown

            Translation
              -p NUMBER        stop after pass 1 parse, 2 analyse, 3 translate, 4 assemble, 5 run
              --run-in=SIDE    where begin, end and timer probes run: host, kernel, auto

              --check-examples DIR  for developers: load each example under DIR, attach none, and print a table

              -h, --help       this text             -V, --version

            Other options of stap are refused by name, or have no effect here and -v says why.
            The exit status is 0 for success and 1 for an error; -l and -L succeed if something matched.
            """;
}
