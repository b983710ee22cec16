using System.Globalization;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Lab.Wires;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>The same compressed bytes to the same disks by udpcast and zstd. udpcast starts zstd itself.</summary>
/// <param name="data">The data of a daemon that is not running.</param>
/// <param name="folder">For the bytes as a file.</param>
internal sealed class UdpcastRoom(StreamedRoomPlan plan, string data, string folder, TimeProvider time)
{
    private const string Port = "9000";

    /// <param name="isFullDuplex">Receivers answer while datagrams come.</param>
    public async Task<StreamedRoomFigures> RunAsync(bool isFullDuplex, CancellationToken cancel)
    {
        var frames = await FramesFile.WriteAsync(Path.Combine(data, "store"), Path.Combine(folder, "frames"), cancel);
        await using var disks = await EmptyDisks.MakeAsync(folder, plan.Receivers, frames.ContentBytes, frames.ContentBytes, cancel);
        await using var network = await SwitchedNetwork.CreateAsync("osdro", plan.Receivers + 1, plan.LinkRate, cancel);

        // What starting a program takes is in it, as with other peers.
        var began = time.GetTimestamp();
        var sending = network[0].RunAsync(
            "udp-sender", "--nokbd", "--nopointopoint", isFullDuplex ? "--full-duplex" : "--half-duplex", "--portbase", Port, "--interface", SwitchedNetwork.Card,
            "--min-receivers", plan.Receivers.ToString(CultureInfo.InvariantCulture), "--max-wait", "20", "--file", frames.Path);
        var results = await Task.WhenAll(Enumerable.Range(1, plan.Receivers).Select(member => ReceiveAsync(network[member], disks[member - 1], cancel)));
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        var sent = await sending;
        if (results.Append(sent).FirstOrDefault(result => result.ExitCode != 0) is { } failed)
        {
            throw Errors.PeerFailed(failed.ErrorOutput);
        }

        var right = Enumerable.Range(0, plan.Receivers).Count(number => frames.IsOn(disks[number], cancel));
        return right == plan.Receivers
            ? new StreamedRoomFigures(right, plan.LinkBytesPerSecond, seconds, seconds, seconds, frames.Bytes, frames.ContentBytes, right, SenderCpuSeconds: 0, HostCpuSeconds: 0)
            : throw Errors.PeerFailed(string.Create(CultureInfo.InvariantCulture, $"{plan.Receivers - right} disks are wrong"));
    }

    private static async Task<CommandResult> ReceiveAsync(NetworkNamespace host, string disk, CancellationToken cancel)
    {
        var result = await host.RunAsync("udp-receiver", "--nokbd", "--nosync", "--portbase", Port, "--interface", SwitchedNetwork.Card, "--pipe", "zstd -dcq", "--file", disk);
        await new Command("sync", disk).RunAsync(cancel);
        return result;
    }
}
