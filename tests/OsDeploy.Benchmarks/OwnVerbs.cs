using System.CommandLine;
using System.Globalization;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Rooms;
using OsDeploy.Benchmarks.Screens;
using OsDeploy.Benchmarks.Streams;
using Verb = System.CommandLine.Command;

namespace OsDeploy.Benchmarks;

/// <summary>What scripts call of the benchmark itself: programs of their own, that start and end like the others they stand beside.</summary>
internal static class OwnVerbs
{
    public static IEnumerable<Verb> All() => [BareHashVerb(), AwaitDaemonVerb(), EndVerb(), UnpackVerb(), RoomVerb(), ScreensVerb(), StreamVerbs.Stream(), StreamVerbs.Peer(), StreamedRoomVerbs.Room(), StreamedRoomVerbs.Udpcast()];

    private static Verb BareHashVerb()
    {
        var file = new Argument<string>("file") { Description = "Device or file to read." };
        var ranges = new Argument<string>("ranges") { Description = "File of lines `start length`." };
        var verb = new Verb("bare-hash", "Reads ranges and hashes them with SHA-256 on two threads.") { file, ranges };
        verb.SetAction(async (parsed, cancel) =>
        {
            var used = await UsedBlocks.LoadAsync(parsed.GetValue(ranges)!, cancel);
            await Console.Out.WriteLineAsync(BareHash.Of(parsed.GetValue(file)!, used, cancel));
        });
        return verb;
    }

    private static Verb AwaitDaemonVerb()
    {
        var data = new Argument<string>("data") { Description = "The daemon's --data." };
        var verb = new Verb("await-daemon", "Waits until a daemon answers at its socket; prints its fingerprint.") { data };
        verb.SetAction(async (parsed, cancel) =>
            await Console.Out.WriteLineAsync((await StartingDaemon.AwaitAsync(parsed.GetValue(data)!, TimeProvider.System, cancel)).ToString()));
        return verb;
    }

    private static Verb EndVerb()
    {
        var pidFile = new Argument<string>("pid-file");
        var verb = new Verb("end", "Ends the program of a pid file and waits until it is gone; a missing file is none.") { pidFile };
        verb.SetAction((parsed, cancel) => BackgroundProgram.EndAsync(parsed.GetValue(pidFile)!, cancel));
        return verb;
    }

    private static Verb UnpackVerb()
    {
        var store = new Argument<string>("store") { Description = "Folder of a store that no daemon has." };
        var folder = new Argument<string>("folder") { Description = "New folder." };
        var verb = new Verb("unpack", "Writes every chunk of a store as a file at the path the API serves it, and lists for four connections.") { store, folder };
        verb.SetAction(async (parsed, cancel) =>
        {
            var bytes = await UnpackedChunks.WriteAsync(parsed.GetValue(store)!, parsed.GetValue(folder)!, cancel);
            await Console.Out.WriteLineAsync(bytes.ToString(CultureInfo.InvariantCulture));
        });
        return verb;
    }

    private static Verb RoomVerb()
    {
        var url = new Argument<string>("url") { Description = "Of the daemon." };
        var daemon = new Argument<string>("folder") { Description = "Where its pid, pin and password lie." };
        var configuration = new Option<string>("--configuration") { Required = true };
        var pollers = new Option<int>("--pollers") { Description = "Hosts that only ask whether there is something to do." };
        var restorers = new Option<int>("--restorers") { Description = "Hosts that restore." };
        var seconds = new Option<int>("--seconds") { Description = "How long polls are measured, at most.", DefaultValueFactory = _ => 60 };
        var verb = new Verb("room", "Acts as the agents of a room; prints what they saw as JSON.") { url, daemon, configuration, pollers, restorers, seconds };
        verb.SetAction(async (parsed, cancel) =>
        {
            var plan = new RoomPlan(
                parsed.GetValue(configuration)!, parsed.GetValue(pollers), parsed.GetValue(restorers), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            var access = ApplianceAccess.Read(parsed.GetValue(url)!, parsed.GetValue(daemon)!);
            await Console.Out.WriteLineAsync(ReportFile.Json(await new RoomRun(plan, access, TimeProvider.System).RunAsync(cancel)));
        });
        return verb;
    }

    private static Verb ScreensVerb()
    {
        var program = new Argument<string>("program") { Description = "osdeploy." };
        var url = new Argument<string>("url") { Description = "Of the daemon." };
        var daemon = new Argument<string>("folder") { Description = "Where its pid, pin and password lie." };
        var socket = new Option<string>("--socket") { Required = true, Description = "The daemon's." };
        var many = new Option<int>("--many") { Description = "Hosts of the large table.", DefaultValueFactory = _ => 10_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long the live table is watched.", DefaultValueFactory = _ => 30 };
        var verb = new Verb("screens", "Uses the console on a terminal; prints what it saw as JSON.") { program, url, daemon, socket, many, seconds };
        verb.SetAction(async (parsed, cancel) =>
        {
            var access = ApplianceAccess.Read(parsed.GetValue(url)!, parsed.GetValue(daemon)!);
            var plan = new ScreenPlan(parsed.GetValue(many), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            await Console.Out.WriteLineAsync(ReportFile.Json(await new ScreenRun(parsed.GetValue(program)!, parsed.GetValue(socket)!, access, plan).RunAsync(cancel)));
        });
        return verb;
    }
}
