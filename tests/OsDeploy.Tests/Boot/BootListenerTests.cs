using System.Net;
using System.Net.Sockets;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Boot;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Boot;

/// <summary>The plain listener of a whole appliance.</summary>
public sealed class BootListenerTests
{
    private const string Canary = "canary-of-a-file-9114";

    private static readonly string[] s_foreign =
    [
        "/", "/api/v1/about", "/api/v1/boot", "/../appliance.key", "/efi/../../appliance.key", "/client/../../../../etc/passwd", "/client/0123456789abcdef/vmlinuz", "/%2e%2e/documents.db", "/grub/mac/x.cfg", "//boot.ipxe",
        "/efi/revocations_sbat.efi", "/efi/shim_certificate_0.efi", "/index.html",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_on_the_list_is_not_there_and_the_api_is_not_either()
    {
        await using var daemon = await StartAsync();
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder, "canary.txt"), Canary, Cancel);
        foreach (var path in s_foreign)
        {
            var answer = await SayAsync(daemon, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, answer, StringComparison.Ordinal);
        }

        // Shim asks for files that need not be there: an answer without content, on a connection that stays, holds UEFI's client up for minutes.
        Assert.EndsWith("\r\n\r\nrefused\n", await SayAsync(daemon, "GET /efi/revocations_sku.efi HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);

        foreach (var method in new[] { "POST", "PUT", "DELETE", "OPTIONS" })
        {
            Assert.StartsWith("HTTP/1.1 405", await SayAsync(daemon, $"{method} /boot.ipxe HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 400", await SayAsync(daemon, "GET /boot.ipxe?mac=nonsense HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Matches("^HTTP/1.1 4", await SayAsync(daemon, $"GET /boot.ipxe?mac={new string('a', 3000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        Assert.Matches("^HTTP/1.1 4", await SayAsync(daemon, $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        Assert.Equal(404, (await daemon.SendAsync("GET", "/boot.ipxe", null)).Status); // and boot files are not on the other listener
    }

    [Fact]
    public async Task Head_and_get_say_the_same_length()
    {
        await using var daemon = await StartAsync();

        // How long a decision would be is known only once it is made, and that counts as a start.
        Assert.DoesNotContain("Content-Length", await SayAsync(daemon, "HEAD /boot.grub?mac=02:00:00:00:00:01 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        foreach (var path in new[] { "/boot.ipxe", "/grub/grub.cfg", $"/client/{await BuildAsync(daemon)}/vmlinuz", "/efi//grubx64.efi", "/undionly.kpxe" })
        {
            var head = await SayAsync(daemon, $"HEAD {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            var get = await SayAsync(daemon, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
            var length = int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
            Assert.Equal(length, get.Split("\r\n\r\n", 2)[1].Length);
        }
    }

    [Fact]
    public async Task A_host_with_a_job_is_started_for_it_three_times_and_not_a_fourth()
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        for (var start = 0; start < 3; start++)
        {
            var script = await ScriptAsync(daemon, "mac=02-00-00-00-00-01&platform=efi&long=1");
            Assert.Contains("osdeploy.auto=1", script, StringComparison.Ordinal);
            Assert.Contains("osdeploy.token=", script, StringComparison.Ordinal);
            Assert.Equal(script, await ScriptAsync(daemon, "mac=02-00-00-00-00-01&platform=efi&long=1")); // asked again at once: the same start
            clock.Pass(TimeSpan.FromMinutes(2));
        }

        Assert.DoesNotContain("osdeploy.auto", await ScriptAsync(daemon, "mac=02-00-00-00-00-01&platform=efi&long=1"), StringComparison.Ordinal);
        Assert.Contains((await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms, alarm => alarm.Code == "boot-loop");
        Assert.Equal(BootReason.JobKeepsFailing, (await daemon.Admin.AskAsync(BootApi.History, "host=pc01", Cancel))[0].Because);
    }

    [Fact]
    public async Task A_loop_that_was_stopped_is_tried_again_by_whoever_has_a_say_in_the_job()
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        await daemon.AddRoomAsync("r101");
        await daemon.AddRoomAsync("r102");
        var host = await daemon.AddHostAsync(1, "pc01", "r101");
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var rosa = daemon.As(await daemon.AddOperatorAsync("rosa", Role.RoomOperator, "r102"));
        Assert.Equal("boot-not-stopped", (await Assert.ThrowsAsync<UserErrorException>(() => daemon.Admin.CallAsync(BootApi.Retry, Cancel, "pc01"))).Code);
        for (var start = 0; start < 4; start++)
        {
            await ScriptAsync(daemon, "mac=02-00-00-00-00-01&platform=efi&long=1");
            clock.Pass(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(new BootLoop(host.Host.Id, "pc01", job, 3), Assert.Single((await daemon.Admin.CallAsync(BootApi.State, Cancel)).Stopped));
        Assert.Equal("outside-your-rooms", (await Assert.ThrowsAsync<UserErrorException>(() => rosa.CallAsync(BootApi.Retry, Cancel, "pc01"))).Code);
        await daemon.Admin.CallAsync(BootApi.Retry, Cancel, "pc01");

        Assert.Empty((await daemon.Admin.CallAsync(BootApi.State, Cancel)).Stopped);
        Assert.DoesNotContain((await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms, alarm => alarm.Code == "boot-loop");
        Assert.Contains("osdeploy.auto=1", await ScriptAsync(daemon, "mac=02-00-00-00-00-01&platform=efi&long=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_reports_ends_the_count_and_shows_in_the_history()
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        for (var start = 0; start < 5; start++)
        {
            var script = await ScriptAsync(daemon, "mac=02-00-00-00-00-01&platform=efi&long=1");
            Assert.Contains("osdeploy.auto=1", script, StringComparison.Ordinal);
            var claim = script.Split("osdeploy.token=")[1].Split(' ')[0];
            var agent = new TestAgent(daemon, TestRegistry.Laptop(1, 1), TestRegistry.Machine);
            await agent.HelloAsync(claim, boot: script.Split("osdeploy.boot=")[1].Split(' ')[0]);
            await agent.ReportAsync(await agent.TakeJobAsync());
            clock.Pass(TimeSpan.FromMinutes(2));
        }

        var records = await daemon.Admin.AskAsync(BootApi.History, "host=pc01", Cancel);
        Assert.Equal(5, records.Count);
        Assert.All(records, record => Assert.Equal(["script", "hello", "job"], record.Steps.Select(step => step.What)));
        Assert.All(records, record => Assert.Equal(("agent", "pc01", BootLoader.Ipxe), (record.Action, record.Name, record.Loader)));
    }

    [Fact]
    public async Task A_computer_that_is_nobody_gets_the_tool_and_no_token()
    {
        await using var daemon = await StartAsync();
        var script = await ScriptAsync(daemon, "mac=02-00-00-00-00-09&platform=pcbios&long=1");

        Assert.Contains("osdeploy.server=https://127.0.0.1:", script, StringComparison.Ordinal);
        Assert.DoesNotContain("token", script, StringComparison.Ordinal);
        Assert.DoesNotContain("auto", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_host_would_boot_can_be_looked_at_without_starting_it()
    {
        await using var daemon = await StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        for (var look = 0; look < 5; look++)
        {
            var outlooks = await daemon.Admin.CallAsync(BootApi.Look, Cancel, "pc01");
            Assert.Equal(3, outlooks.Count);
            Assert.All(outlooks, outlook => Assert.Equal("agent", outlook.Action));
            Assert.All(outlooks, outlook => Assert.DoesNotContain("token", outlook.Script, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Options_of_a_host_reach_its_script()
    {
        await using var daemon = await StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Language: "de", Kernel: "nomodeset acpi=off")), Cancel, "pc01");

        Assert.Contains("osdeploy.language=de nomodeset acpi=off ||", (await ScriptAsync(daemon, "mac=020000000001&platform=efi&long=1")).Replace(" || goto", " ||", StringComparison.Ordinal), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Kernel: "x; reboot")), Cancel, "pc01"));
        Assert.Equal("boot-kernel-invalid", refused.Code);
        foreach (var word in new[] { "osdeploy.auto=1", "osdeploy.server=https://10.0.0.9", "rdinit=/bin/sh", "init=/bin/sh" })
        {
            refused = await Assert.ThrowsAsync<UserErrorException>(() => daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Kernel: "quiet " + word)), Cancel, "pc01"));
            Assert.Equal("boot-kernel-reserved-invalid", refused.Code);
        }
    }

    [Theory]
    [InlineData("GRUB 2.12", true)]
    [InlineData("iPXE/1.21.1", false)]
    public async Task A_connection_that_grub_does_not_close_leaves_nothing_behind(string program, bool isGone)
    {
        await using var daemon = await StartAsync();
        var length = (await ClientAsync(daemon)).Length;
        using var connection = await ConnectAsync(daemon);
        var line = $"0100007F:{((IPEndPoint)connection.RemoteEndPoint!).Port:X4} 0100007F:{((IPEndPoint)connection.LocalEndPoint!).Port:X4} ";
        await connection.SendAsync(
            Encoding.ASCII.GetBytes($"GET /client/{await BuildAsync(daemon)}/initrd.img HTTP/1.1\r\nHost: x\r\nUser-Agent: {program}\r\nConnection: close\r\n\r\n"), Cancel);
        var received = 0;
        var buffer = new byte[64 << 10];
        for (int read; (read = await ReceiveAsync(connection, buffer)) > 0;)
        {
            received += read;
        }

        Assert.True(received > length, $"{received} bytes came of {length} and a header");
        Assert.Equal(isGone, await IsGoneAsync(line));
    }

    [Fact]
    public async Task Three_hundred_computers_fetch_all_they_need()
    {
        await using var daemon = await StartAsync();
        var build = await BuildAsync(daemon);
        var expected = await ClientAsync(daemon);
        using var http = new HttpClient();
        var address = BootAddress(daemon);
        await Parallel.ForEachAsync(Enumerable.Range(1, 300), new ParallelOptions { MaxDegreeOfParallelism = 30, CancellationToken = Cancel }, async (number, cancel) =>
        {
            Assert.NotEmpty(await http.GetStringAsync(new Uri($"{address}/boot.ipxe"), cancel));
            Assert.Contains(build, await http.GetStringAsync(new Uri($"{address}/boot.ipxe?mac={TestRegistry.Mac(number)}&platform=efi&long=1"), cancel), StringComparison.Ordinal);
            Assert.NotEmpty(await http.GetByteArrayAsync(new Uri($"{address}/client/{build}/vmlinuz"), cancel));
            Assert.Equal(expected, await http.GetByteArrayAsync(new Uri($"{address}/client/{build}/initrd.img"), cancel));
        });

        Assert.Equal(300, (await daemon.Admin.AskAsync(BootApi.History, "count=500", Cancel)).Count);
    }

    private static async Task<TestDaemon> StartAsync(TimeProvider? time = null)
    {
        var daemon = await TestDaemon.StartAsync(time, isBooting: true);
        await daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await SampleBuild.MakeAsync(Path.Combine(daemon.Folder, "..", "build"), 1, Cancel)), Cancel);
        return daemon;
    }

    private static async Task<string> BuildAsync(TestDaemon daemon) => (await daemon.Admin.CallAsync(BootApi.ListBuilds, Cancel)).Single(build => build.IsCurrent).Id;

    private static async Task<byte[]> ClientAsync(TestDaemon daemon) => await File.ReadAllBytesAsync(Path.Combine(daemon.Folder, "client", await BuildAsync(daemon), ClientBuild.Initrd), Cancel);

    private static string BootAddress(TestDaemon daemon) => daemon.BootAddress;

    private static async Task<string> ScriptAsync(TestDaemon daemon, string query)
    {
        var answer = await SayAsync(daemon, $"GET /boot.ipxe?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        return answer.Split("\r\n\r\n", 2)[1];
    }

    private static async Task<Socket> ConnectAsync(TestDaemon daemon)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(BootAddress(daemon)).Port, Cancel);
        return socket;
    }

    // The end of what is sent, whether by FIN or by reset.
    private static async Task<int> ReceiveAsync(Socket connection, byte[] buffer)
    {
        try
        {
            return await connection.ReceiveAsync(buffer, Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>Whether the kernel forgets the other end of a connection that this end keeps.</summary>
    /// <param name="line">Part of its line in proc_net_tcp(5).</param>
    private static async Task<bool> IsGoneAsync(string line)
    {
        for (var look = 0; look < 20; look++)
        {
            if (!(await File.ReadAllTextAsync("/proc/net/tcp", Cancel)).Contains(line, StringComparison.Ordinal))
            {
                return true;
            }

            await Task.Delay(50, Cancel);
        }

        return false;
    }

    private static async Task<string> SayAsync(TestDaemon daemon, string request)
    {
        using var socket = await ConnectAsync(daemon);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }
}
