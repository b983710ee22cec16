using System.Globalization;
using OsDeploy.Lab.Wires;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>The same frames as one file to the same receivers, by programs of others. What receivers get they throw away, as in <see cref="StreamRun"/>.</summary>
internal sealed class PeerRun(StreamPlan plan, string folder, TimeProvider time)
{
    private const double BytesPerMegabit = 125_000;
    private const string Port = "9000";

    private string File => Path.Combine(folder, "frames");

    /// <param name="isFullDuplex">Receivers answer while datagrams come.</param>
    public Task<StreamFigures> UdpcastAsync(bool isFullDuplex, CancellationToken cancel) => RunAsync(
        (network, member) => network[member].RunAsync("udp-receiver", "--nokbd", "--nosync", "--portbase", Port, "--interface", SwitchedNetwork.Card, "--file", "/dev/null"),
        network => network[0].RunAsync(
            "udp-sender", "--nokbd", "--nopointopoint", isFullDuplex ? "--full-duplex" : "--half-duplex", "--portbase", Port, "--interface", SwitchedNetwork.Card,
            "--min-receivers", plan.Receivers.ToString(CultureInfo.InvariantCulture), "--max-wait", "20", "--file", File),
        cancel);

    /// <summary>A copy to each from nginx, by curl.</summary>
    public Task<StreamFigures> HttpAsync(CancellationToken cancel)
    {
        var configuration = Path.Combine(folder, "nginx.conf");
        System.IO.File.WriteAllText(configuration, $$"""
            user root;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            worker_processes 2;
            events { worker_connections 256; }
            http {
                access_log off;
                sendfile on;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                server { listen {{SwitchedNetwork.AddressOf(0)}}:8080; root {{folder}}; }
            }
            """);
        return RunAsync(
            (network, member) => network[member].RunAsync(
                "curl", "--silent", "--fail", "--retry", "20", "--retry-connrefused", "--retry-delay", "1", "--output", "/dev/null", $"http://{SwitchedNetwork.AddressOf(0)}:8080/frames"),
            network => network[0].Start("nginx", "-c", configuration, "-e", Path.Combine(folder, "error.log")),
            cancel);
    }

    // The clock begins with the server of the frames; what starting a program takes is in it for all.
    private async Task<StreamFigures> RunAsync(Func<SwitchedNetwork, int, Task<CommandResult>> receive, Func<SwitchedNetwork, Task<CommandResult>> send, CancellationToken cancel)
    {
        var frames = new DrawnFrames(plan.Seed, plan.Bytes);
        Directory.CreateDirectory(folder);
        await frames.WriteAsync(File, cancel);
        await using var network = await SwitchedNetwork.CreateAsync("osdst", plan.Receivers + 1, string.Create(CultureInfo.InvariantCulture, $"{plan.Rate}mbit"), cancel);
        var began = time.GetTimestamp();
        var sending = send(network);
        var receivers = await Task.WhenAll(Enumerable.Range(1, plan.Receivers).Select(member => receive(network, member)));
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        if (receivers.FirstOrDefault(result => result.ExitCode != 0) is { } failed)
        {
            throw Errors.PeerFailed(failed.ErrorOutput + (sending.IsCompleted ? (await sending).ErrorOutput : ""));
        }

        return new StreamFigures(seconds, frames.Bytes, plan.Rate * BytesPerMegabit);
    }
}
