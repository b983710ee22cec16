using System.CommandLine;
using OsDeploy.Benchmarks.Measuring;
using Verb = System.CommandLine.Command;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>What scripts call of rooms with real programs.</summary>
internal static class StreamedRoomVerbs
{
    private static readonly Option<int> s_receivers = new("--receivers") { Required = true, Description = "Hosts." };
    private static readonly Option<int> s_rate = new("--rate") { Required = true, Description = "Of every link, in Mbit/s." };
    private static readonly Option<string> s_data = new("--data") { Required = true, Description = "Of a daemon that is not running." };
    private static readonly Option<string> s_folder = new("--folder") { Required = true, Description = "Empty." };

    public static Verb Room()
    {
        var unicast = new Option<bool>("--unicast") { Description = "Every host takes its chunks by HTTPS." };
        var mishap = new Option<RoomMishap>("--mishap") { Description = "What happens to the last host." };
        var password = new Option<string>("--password-file") { Required = true, Description = "Of the operator." };
        var osdeploy = new Option<string>("--osdeploy") { Required = true };
        var osdeployd = new Option<string>("--osdeployd") { Required = true };
        var verb = new Verb("streamed-room", "Restores real agents from a real daemon over shaped links; prints how that went as JSON.")
        {
            s_receivers, s_rate, unicast, mishap, s_data, s_folder, password, osdeploy, osdeployd,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var plan = PlanOf(parsed) with { IsUnicast = parsed.GetValue(unicast), Mishap = parsed.GetValue(mishap) };
            var programs = new RoomPrograms(Path.GetFullPath(parsed.GetValue(osdeploy)!), Path.GetFullPath(parsed.GetValue(osdeployd)!));
            var secret = File.ReadLines(parsed.GetValue(password)!).First();
            var run = new StreamedRoomRun(plan, programs, Path.GetFullPath(parsed.GetValue(s_data)!), secret, Path.GetFullPath(parsed.GetValue(s_folder)!), TimeProvider.System);
            await Console.Out.WriteLineAsync(ReportFile.Json(await run.RunAsync(cancel)));
        });
        return verb;
    }

    public static Verb Udpcast()
    {
        var duplex = new Option<string>("--duplex") { Required = true, Description = "full or half." };
        duplex.AcceptOnlyFromAmong("full", "half");
        var verb = new Verb("udpcast-disks", "Sends the chunks of a store by udpcast to disks, through zstd; prints how that went as JSON.") { s_receivers, s_rate, duplex, s_data, s_folder };
        verb.SetAction(async (parsed, cancel) =>
        {
            var room = new UdpcastRoom(PlanOf(parsed), Path.GetFullPath(parsed.GetValue(s_data)!), Path.GetFullPath(parsed.GetValue(s_folder)!), TimeProvider.System);
            await Console.Out.WriteLineAsync(ReportFile.Json(await room.RunAsync(parsed.GetValue(duplex) == "full", cancel)));
        });
        return verb;
    }

    private static StreamedRoomPlan PlanOf(ParseResult parsed) => new(parsed.GetValue(s_receivers), parsed.GetValue(s_rate), IsUnicast: false, RoomMishap.None);
}
