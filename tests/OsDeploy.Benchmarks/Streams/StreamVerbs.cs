using System.CommandLine;
using OsDeploy.Benchmarks.Measuring;
using Verb = System.CommandLine.Command;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>What scripts call of streams.</summary>
internal static class StreamVerbs
{
    private const long Megabyte = 1_000_000;

    private static readonly Argument<int> s_receivers = new("receivers");
    private static readonly Option<int> s_rate = new("--rate") { Description = "Of every link, in Mbit/s.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> s_megabytes = new("--megabytes") { Description = "Of frames.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> s_seed = new("--seed") { Description = "Draws the frames.", DefaultValueFactory = _ => 1 };

    public static Verb Stream()
    {
        var mishap = new Option<Mishap>("--mishap") { Description = "What happens to the last receiver." };
        var loss = new Option<double>("--loss") { Description = "Share of datagrams that every receiver loses." };
        var verb = new Verb("stream", "Sends drawn frames to receivers by a carousel, each in a network of its own; prints what they got as JSON.") { s_receivers, s_rate, s_megabytes, s_seed, mishap, loss };
        verb.SetAction(async (parsed, cancel) =>
        {
            var plan = PlanOf(parsed) with { Mishap = parsed.GetValue(mishap), Loss = parsed.GetValue(loss) };
            await Console.Out.WriteLineAsync(ReportFile.Json(await new StreamRun(plan, TimeProvider.System).RunAsync(cancel)));
        });
        return verb;
    }

    public static Verb Peer()
    {
        var program = new Option<string>("--by") { Required = true, Description = "udpcast-full-duplex, udpcast-half-duplex or http." };
        var folder = new Option<string>("--folder") { Required = true, Description = "For the frames as a file." };
        var verb = new Verb("peer-stream", "Sends the same frames by programs of others; prints what receivers got as JSON.") { s_receivers, s_rate, s_megabytes, s_seed, program, folder };
        program.AcceptOnlyFromAmong("udpcast-full-duplex", "udpcast-half-duplex", "http");
        verb.SetAction(async (parsed, cancel) =>
        {
            var run = new PeerRun(PlanOf(parsed), Path.GetFullPath(parsed.GetValue(folder)!), TimeProvider.System);
            var by = parsed.GetValue(program);
            await Console.Out.WriteLineAsync(ReportFile.Json(by == "http" ? await run.HttpAsync(cancel) : await run.UdpcastAsync(by == "udpcast-full-duplex", cancel)));
        });
        return verb;
    }

    private static StreamPlan PlanOf(ParseResult parsed) =>
        new(parsed.GetValue(s_receivers), parsed.GetValue(s_rate), parsed.GetValue(s_megabytes) * Megabyte, parsed.GetValue(s_seed));
}
