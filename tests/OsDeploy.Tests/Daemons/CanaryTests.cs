using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Mono.Unix.Native;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Notifications;
using OsDeploy.Cli.Login;
using OsDeploy.Helper.Health;
using OsDeploy.Tests.Boot;
using OsDeploy.Tests.Cli;
using OsDeploy.Tests.Health;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Secrets that no other text has are put in, used once, and then looked for wherever something is kept, said or shown.</summary>
public sealed class CanaryTests
{
    private const string Typed = "canary-typed-4713";
    private const string MailPassword = "canary-mail-6120";
    private const string HookKey = "canary-webhook-8851";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_are_in_the_one_answer_that_may_hold_them_and_nowhere_else()
    {
        var log = new Lines();
        await using var daemon = await TestDaemon.StartAsync(isBooting: true, logging: builder => builder.SetMinimumLevel(LogLevel.Trace).ClearProviders().AddProvider(log));

        // What the daemon logs is what the system's journal has of it, and goes into a support bundle.
        await using var helper = new StubHelper(daemon.HelperSocket) { Answer = request => Journal(request, daemon.HelperSocket, log) };
        var seen = new List<(string Where, byte[] What)>();
        await daemon.Admin.CallAsync(
            NotificationApi.Change, new NotificationSettings(new MailSettings("127.0.0.1", 1, StartTls: false, "a@b.example", ["c@d.example"], "user", MailPassword), new WebhookSettings("http://127.0.0.1:1/", HookKey)), Cancel);
        await JoiningSchool.PrepareAsync(daemon);
        await JoiningSchool.GiveDjoinAsync(daemon);
        await daemon.AddHostAsync(2, "pc02", configuration: "lab");
        await daemon.MeetAsync(2);

        // One host joins with its file of djoin, one with the account.
        var told = new StringBuilder();
        await daemon.StartJobsAsync(JobKind.Restore, "pc01", "pc02");
        foreach (var number in new[] { 1, 2 })
        {
            var agent = await daemon.MeetAsync(number);
            seen.Add(("orders", (await daemon.SendAsync(AgentApi.Poll, agent.Token, """{"doing":null}"""u8.ToArray())).Body));
            var order = await agent.TakeJobAsync();
            var answer = await daemon.SendAsync(AgentApi.Secrets, agent.Token, Encoding.UTF8.GetBytes($$"""{"fence":{{order.Fence}},"nonce":"{{new string('b', 32)}}"}"""), order.Id);
            told.Append(answer.Text);
            seen.Add(("a second one who asks", (await daemon.SendAsync(AgentApi.Secrets, agent.Token, Encoding.UTF8.GetBytes($$"""{"fence":{{order.Fence}},"nonce":"{{new string('c', 32)}}"}"""), order.Id)).Body));
            seen.Add(("facts", (await daemon.SendAsync(AgentApi.Facts, agent.Token)).Body));
            seen.Add(("a request that is wrong", (await daemon.SendAsync(JoinApi.SetAccount, daemon.Token, Encoding.UTF8.GetBytes($$"""{"user":"a b@","password":"{{JoiningSchool.JoinPassword}}" """), JoiningSchool.Domain)).Body));
            AddFiles(seen, daemon.Folder, "while it runs");
            await agent.DoneAsync(order);
        }

        Assert.All(Canaries, canary => Assert.Contains(canary, told.ToString().Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal));
        await AddAnswersAsync(seen, daemon);
        seen.Add(("a test of notifications", (await daemon.SendAsync(NotificationApi.Test, daemon.Token)).Body));
        await AddCommandsAsync(seen, daemon);
        foreach (var (file, text) in await SupportBundleTests.FilesOfAsync(daemon, daemon.Token))
        {
            seen.Add(("support bundle, " + file, Encoding.UTF8.GetBytes(text)));
        }

        using (var http = new HttpClient())
        {
            foreach (var script in new[] { "boot.ipxe?platform=efi&long=1", "boot.grub?platform=efi" })
            {
                seen.Add((script, await http.GetByteArrayAsync(new Uri($"{daemon.BootAddress}/{script}&mac=020000000001"), Cancel)));
            }
        }

        seen.Add(("log", Encoding.UTF8.GetBytes(log.Text)));
        await daemon.RestartAsync();
        AddFiles(seen, daemon.Folder, "afterwards");

        Assert.True(seen.Count > 60, $"only {seen.Count} places");
        Assert.Contains("agent/jobs", log.Text, StringComparison.Ordinal);
        Assert.Contains(seen, place => place.Where == "support bundle, journal.txt" && Encoding.UTF8.GetString(place.What).Contains("agent/jobs", StringComparison.Ordinal));
        Assert.All(seen, place => Assert.All(Canaries.Concat([MailPassword, HookKey]), canary => Assert.False(Holds(place.What, canary), $"{canary} is in {place.Where}")));
    }

    [Fact]
    public void They_would_be_found()
    {
        foreach (var canary in Canaries)
        {
            Assert.True(Holds(Encoding.UTF8.GetBytes($"x{canary}y"), canary));
            Assert.True(Holds(Encoding.Unicode.GetBytes($"x{canary}y"), canary));
            Assert.True(Holds(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + canary))), canary));
            Assert.True(Holds(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.Unicode.GetBytes(canary))), canary));
            Assert.False(Holds("nothing like it"u8, canary));
        }
    }

    private static HelperAnswer? Journal(HelperRequest request, string socket, Lines log)
    {
        if (request is not JournalRequest)
        {
            return null;
        }

        new JournalFile(HelperProtocol.JournalOf(socket), Syscall.geteuid()).Write(JournalFile.EndOf(log.Text));
        return HelperAnswer.Done;
    }

    private static IReadOnlyList<string> Canaries { get; } = [JoiningSchool.ProductKey, JoiningSchool.JoinPassword, JoiningSchool.AdminPassword, JoiningSchool.AccountData];

    /// <summary>As it is, in UTF-16, and in base64 of either, wherever it begins.</summary>
    private static bool Holds(ReadOnlySpan<byte> place, string canary)
    {
        var plain = Encoding.UTF8.GetBytes(canary);
        var wide = Encoding.Unicode.GetBytes(canary);
        if (place.IndexOf(plain) >= 0 || place.IndexOf(wide) >= 0 || place.IndexOf(Encoding.UTF8.GetBytes(canary.Replace("+", "\\u002B", StringComparison.Ordinal))) >= 0)
        {
            return true;
        }

        foreach (var bytes in new[] { plain, wide })
        {
            for (var shift = 0; shift < 3; shift++)
            {
                // The letters in the middle are the same whatever stands before and behind.
                var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
                if (place.IndexOf(Encoding.ASCII.GetBytes(text[4..^4])) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Locks are held by the daemon, and empty; packs are too, and hold chunks of the image.
    private static void AddFiles(List<(string, byte[])> seen, string folder, string when)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0 && !file.EndsWith(".pack", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            seen.Add(($"{file}, {when}", copy.ToArray()));
        }
    }

    private static async Task AddAnswersAsync(List<(string, byte[])> seen, TestDaemon daemon)
    {
        foreach (var route in ApiTable.All.Where(route => route.Method == "GET" && route != ApplianceApi.Events))
        {
            var path = route.PathOf([.. route.Parameters.Select(name => name switch
            {
                "host" => "pc01",
                "configuration" => "lab",
                "job" => "1",
                _ => "nosuch",
            })]);
            seen.Add((path, (await daemon.SendAsync("GET", path, daemon.Token)).Body));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(daemon.Url, ApplianceApi.Events.PathOf()));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + daemon.Token);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", "0");
        using var answer = await daemon.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        var events = new StringBuilder();
        for (var i = 0; i < 60 && !events.ToString().Contains($"\"kind\":\"{nameof(Alarm)}", StringComparison.OrdinalIgnoreCase); i++)
        {
            events.AppendLine(await lines.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancel));
        }

        seen.Add(("events", Encoding.UTF8.GetBytes(events.ToString())));
        var preview = new BatchRequest(new string('9', 32), JobKind.Restore, new HostSelection(["pc0?"]), new JobOptions(), Preview: true);
        seen.Add(("preview", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(await daemon.Admin.CallAsync(JobApi.Start, preview, Cancel), ApiJson.Default.BatchAnswer)));
    }

    private static async Task AddCommandsAsync(List<(string, byte[])> seen, TestDaemon daemon)
    {
        using var folder = new TemporaryFolder();
        var logins = new Logins(folder["logins.json"]);
        logins.Save(new SavedLogin(daemon.Address, daemon.Key.ToString(), daemon.Token, TestDaemon.Anna));
        string[] commands =
        [
            "host show pc01", "host list", "host export", "config show lab", "join-account list", "job list", "job show 1", "job show 1 --log", "audit", "status", "alarm list",
            "appliance health", "appliance notifications", "appliance notifications --test", "job start restore pc01 --no-join", "join-account set other.local --user joiner",
        ];
        foreach (var command in commands.SelectMany(command => new[] { command, command + " --json" }))
        {
            var terminal = TestTerminal.Answering($"{Typed}\n{Typed}\n", logins);
            await terminal.RunAsync(command);
            Assert.False(command.StartsWith("join-account", StringComparison.Ordinal) && (terminal.Output + terminal.Talk).Contains(Typed, StringComparison.Ordinal), command);
            seen.Add(($"osdeploy {command}", Encoding.UTF8.GetBytes(terminal.Output + terminal.Talk)));
        }
    }

    /// <summary>Everything that the daemon and the web server write down.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
