using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using OsDeploy.Cli.Verbs;

namespace OsDeploy.Cli;

/// <summary>The library's help text, followed by command lines to copy.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in verb.Examples)
            {
                output.WriteLine("  osdeploy " + example);
            }

            output.WriteLine();
        }

        return exitCode;
    }
}
