using System.CommandLine;

namespace OsDeploy.Benchmarks;

internal static class Program
{
    private const int Failed = 1;
    private const int Cancelled = 130;
    private static readonly TimeSpan s_timeToCleanUp = TimeSpan.FromMinutes(2);

    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            return await RootVerb().Parse(arguments).InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_timeToCleanUp,
            });
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
        catch (UserErrorException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}   [{e.Code}]\n{e.Hint}");
            return Failed;
        }
    }

    private static RootCommand RootVerb()
    {
        var work = new Option<string>("--work") { Description = "Folder for volumes (kept) and runs.", DefaultValueFactory = _ => "artifacts/bench" };
        var osdeploy = new Option<string>("--osdeploy") { Description = "The program to measure.", DefaultValueFactory = _ => "artifacts/osdeploy" };
        var osdeployd = new Option<string>("--osdeployd") { Description = "The daemon to measure.", DefaultValueFactory = _ => "artifacts/osdeployd" };
        var rounds = new Option<int>("--rounds") { Description = "Runs of each contender; medians are shown.", DefaultValueFactory = _ => 3 };
        var only = new Option<string>("--only") { Description = "Only lines whose names begin so.", DefaultValueFactory = _ => "" };
        var json = new Option<string?>("--json") { Description = "Also write the lines to this file." };
        var quick = new Option<bool>("--quick") { Description = "Small volumes, to try the benchmark itself; its figures mean nothing." };
        var list = new Option<bool>("--list") { Description = "Print the lines and their goals." };
        var root = new RootCommand("Measures osdeploy beside other imaging programs, in turn and with cold caches.")
        {
            work, osdeploy, osdeployd, rounds, only, json, quick, list,
        };
        foreach (var verb in OwnVerbs.All())
        {
            root.Add(verb);
        }

        root.SetAction(async (parsed, cancel) =>
        {
            var settings = new Settings(
                Path.GetFullPath(parsed.GetValue(work)!),
                Path.GetFullPath(parsed.GetValue(osdeploy)!),
                Path.GetFullPath(parsed.GetValue(osdeployd)!),
                Math.Max(parsed.GetValue(rounds), 1),
                parsed.GetValue(quick),
                parsed.GetValue(only)!,
                parsed.GetValue(json));
            return await RunAsync(settings, parsed.GetValue(list), cancel);
        });
        return root;
    }

    private static async Task<int> RunAsync(Settings settings, bool isListing, CancellationToken cancel)
    {
        var bench = new Bench(settings, Console.Out, Console.Error);
        if (isListing)
        {
            bench.List();
            return 0;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            throw Errors.NotRoot();
        }

        try
        {
            return await bench.RunAsync(cancel) ? 0 : Failed;
        }
        catch (UserErrorException) when (cancel.IsCancellationRequested)
        {
            // The program it waited for met the same Ctrl-C and failed first.
            return Cancelled;
        }
    }
}
