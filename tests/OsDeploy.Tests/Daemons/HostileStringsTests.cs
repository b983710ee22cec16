using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.SetUp;
using OsDeploy.Tests.Health;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Strings that move cursors, said wherever somebody may say something.</summary>
public sealed class HostileStringsTests
{
    // As the serializer writes them into a document.
    private static readonly string[] s_escapes = ["\\u001B", "\\u009B", "\\u202E", "\\u2066", "\\u200B", "\\u0000", "\\u007F", "\\uFEFF", "\\u2028", "\\u2029", "\\b", "\\uE000"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task None_is_answered_and_none_is_kept()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        var agent = await daemon.MeetAsync(1);
        for (var i = 0; i < HostileText.Samples.Count; i++)
        {
            var text = "x" + HostileText.Samples[i] + "y";
            await SayAsComputerAsync(daemon, 100 + i, text);
            await SayAsAgentAsync(daemon, agent, text);
            await SayAsOperatorAsync(daemon, text);
        }

        await AssertAllShowableAsync(daemon);
        var kept = Encoding.Latin1.GetString(await KeptAsync(daemon));
        Assert.Contains("pc01", kept, StringComparison.Ordinal);
        Assert.All(s_escapes, escape => Assert.False(kept.Contains(escape, StringComparison.Ordinal), $"{escape}: {Around(kept, escape)}"));
    }

    // The documents of a backup, as they lie in it.
    private static async Task<byte[]> KeptAsync(TestDaemon daemon)
    {
        using var backup = new MemoryStream((await daemon.SendAsync(MovingApi.Create, daemon.Token, "{}"u8.ToArray())).Body);
        await using var plain = new GZipStream(backup, CompressionMode.Decompress);
        using var kept = new MemoryStream();
        await plain.CopyToAsync(kept, Cancel);
        return kept.ToArray();
    }

    private static async Task SayAsComputerAsync(TestDaemon daemon, int number, string text)
    {
        var identity = TestRegistry.Laptop(number, number) with { SystemSerial = $"SN{number}{text}", BoardSerial = text };
        var disk = new HostDisk(text, text, text, text, text, 256L << 30, 512, IsRemovable: false);
        var computer = new TestAgent(daemon, identity, new Inventory(text, text, text, 1, [disk], [new Device(text, text)]));
        await computer.HelloAsync(text);
        await computer.PollAsync();
        if (number % 2 == 0)
        {
            var pending = (await daemon.Admin.CallAsync(HostApi.ListPending, Cancel))[0];
            await daemon.Admin.CallAsync(HostApi.Approve, new Approval(Name: $"pc{number}"), Cancel, pending.Id);
        }
    }

    private static async Task SayAsAgentAsync(TestDaemon daemon, TestAgent agent, string text)
    {
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await agent.TakeJobAsync();
        var report = new JobReport(order.Fence, new JobProgressView(text, 1, 2, 3, text), [text, text], 1, [text, text]);
        await daemon.As(agent.Token).CallAsync(AgentApi.Report, report, Cancel, order.Id);
        await AssertShowableAsync(daemon, JobApi.Show.PathOf(order.Id));
        var end = new JobEnd(JobOutcome.Failed, new JobFault(text, text, text, text), null, null);
        await daemon.As(agent.Token).CallAsync(AgentApi.Report, report with { End = end }, Cancel, order.Id);
    }

    // Each is taken with what cannot be shown replaced, or refused; both are well.
    private static async Task SayAsOperatorAsync(TestDaemon daemon, string text)
    {
        var api = daemon.Admin;
        var options = new JobOptions(ManualName: text, Version: text);
        await TryAsync(() => api.CallAsync(HostApi.AddRoom, new NewRoom(text, text, text, text), Cancel));
        await TryAsync(() => api.CallAsync(HostApi.AddRoom, new NewRoom("r" + Guid.NewGuid().ToString("N")[..8], Notes: text), Cancel));
        await TryAsync(() => api.CallAsync(HostApi.Add, new NewHosts([new NewHost(TestRegistry.Mac(9), text, text)]), Cancel));
        await TryAsync(() => api.CallAsync(HostApi.Change, new HostChange(Notes: text, Details: new HostDetails(text, text, text, null, text, text, text, text)), Cancel, "pc02"));
        await TryAsync(() => api.CallAsync(HostApi.Change, new HostChange(Overrides: [new PartitionOverride(1, 1, text)]), Cancel, "pc02"));
        await TryAsync(() => api.CallAsync(HostApi.Change, new HostChange(Overrides: [new PartitionOverride(1, 1, Format: text, ProductId: text)]), Cancel, "pc02"));
        await TryAsync(() => api.CallAsync(HostApi.Change, new HostChange(Join: new JoinSettings(text, text, text)), Cancel, "pc02"));
        await TryAsync(() => api.CallAsync(HostApi.Change, new HostChange(Join: new JoinSettings(MachineOu: $"OU={text},DC=school")), Cancel, "pc02"));
        await TryAsync(() => api.CallAsync(HostApi.RenameRoomHosts, new RoomRename(text, Apply: true, text), Cancel, text));
        await TryAsync(() => api.CallAsync(JoinApi.SetAccount, new JoinAccountChange(text, text), Cancel, "school.local"));
        await TryAsync(() => api.CallAsync(JoinApi.SetAccount, new JoinAccountChange("joiner", "x"), Cancel, text));
        await TryAsync(() => api.CallAsync(HostApi.Import, new HostImport(Encoding.UTF8.GetBytes($"mac;name;room;notes\n02:00:00:00:00:63;pc99;r1;{text}\n"), Apply: true), Cancel));
        await TryAsync(() => api.CallAsync(ConfigurationApi.Add, new NewConfiguration(text, text), Cancel));
        await TryAsync(() => api.CallAsync(ConfigurationApi.Add, new NewConfiguration("c" + Guid.NewGuid().ToString("N")[..8], text, Partitions: [new PartitionPlan(1, 1, text)]), Cancel));
        await TryAsync(() => api.CallAsync(AccountApi.Add, new NewOperator(text, Role.Viewer, TestDaemon.Password), Cancel));
        await TryAsync(() => api.CallAsync(AccountApi.AddToken, new NewToken(text), Cancel, TestDaemon.Anna));
        await TryAsync(() => api.CallAsync(JobApi.Start, new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection(["pc02"]), options), Cancel));
        await TryAsync(() => api.CallAsync(JobApi.Start, new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection([text], [text], [text]), options), Cancel));
        await TryAsync(() => api.CallAsync(JobApi.Start, new BatchRequest(text, JobKind.Hold, new HostSelection(["pc02"]), new JobOptions()), Cancel));
        await TryAsync(() => api.CallAsync(ApplianceApi.DismissAlarm, Cancel, text));
        await TryAsync(() => api.CallAsync(JobApi.Cancel, Cancel, text));
        await TryAsync(() => api.CallAsync(HostApi.Show, Cancel, text));
    }

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (UserErrorException e)
        {
            HostileText.AssertShowable(e.Message);
            HostileText.AssertShowable(e.Hint);
            Assert.NotEqual("server-fault", e.Code);
        }
    }

    private static async Task AssertAllShowableAsync(TestDaemon daemon)
    {
        new ApplianceSettings("de", "schule", "Europe/Berlin", new NetworkSettings("eth0")).Write(daemon.Folder);
        foreach (var route in ApiTable.All.Where(route => route.Method == "GET" && !route.Parameters.Any() && route != ApplianceApi.Events && route != HealthApi.SupportBundle && route != AgentApi.Facts))
        {
            await AssertShowableAsync(daemon, route.PathOf());
        }

        foreach (var (name, text) in await SupportBundleTests.FilesOfAsync(daemon, daemon.Token))
        {
            if (name.EndsWith(".json", StringComparison.Ordinal))
            {
                using var json = JsonDocument.Parse(text);
                AssertShowable(json.RootElement);
            }
            else
            {
                HostileText.AssertShowable(text.Replace("\n", "", StringComparison.Ordinal));
            }
        }

        foreach (var job in await daemon.Admin.CallAsync(JobApi.List, Cancel))
        {
            await AssertShowableAsync(daemon, JobApi.Log.PathOf(job.Job.Id));
        }

        foreach (var host in await daemon.Admin.CallAsync(HostApi.List, Cancel))
        {
            await AssertShowableAsync(daemon, HostApi.Show.PathOf(host.Host.Id));
        }
    }

    private static async Task AssertShowableAsync(TestDaemon daemon, string path)
    {
        var answer = await daemon.SendAsync("GET", path, daemon.Token);
        Assert.True(answer.Status == 200, $"{path} answered {answer.Status} {answer.Text}");
        if (path == HostApi.Export.PathOf())
        {
            // A byte order mark, for spreadsheets, and line ends.
            HostileText.AssertShowable(answer.Text.TrimStart('\ufeff').Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
            return;
        }

        using var json = JsonDocument.Parse(answer.Body);
        AssertShowable(json.RootElement);
    }

    private static void AssertShowable(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                HostileText.AssertShowable(element.GetString()!);
                break;
            case JsonValueKind.Array:
                Assert.All(element.EnumerateArray(), AssertShowable);
                break;
            case JsonValueKind.Object:
                Assert.All(element.EnumerateObject(), property => AssertShowable(property.Value));
                break;
        }
    }

    private static string Around(string text, string what)
    {
        var at = Math.Max(0, text.IndexOf(what, StringComparison.Ordinal) - 200);
        return text.Substring(at, Math.Min(400, text.Length - at));
    }
}
