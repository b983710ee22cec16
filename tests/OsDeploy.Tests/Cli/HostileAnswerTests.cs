using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>A server, or a computer it met, that puts escape sequences wherever it may put text.</summary>
public sealed class HostileAnswerTests
{
    private const string Hostile = "\u001b]0;owned\u0007\u001b[2J\u202e\r\nfake line";

    public static TheoryData<string> CommandLines =>
    [
        "host list", "host show x", "host list --pending", "host add --mac 52:54:00:12:34:56", "host set x --notes y", "host approve 3f2a", "host export", "host import {0}",
        "room list", "room add x", "config list", "config show x", "config master x y",
        "job list", "job show 42", "job show 42 --log", "job batches", "job start capture x", "job cancel 42", "job disk 42 S", "job watch 12", "carousel list", "carousel start 12", "carousel settings",
        "user list", "user token x y", "audit", "audit --check", "status", "alarm list", "logout",
        "join-account list", "host rename --room x", "join-account set x --user y --keep-password",
        "config delete {1}", "host delete x", "room delete x",
    ];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task No_escape_sequence_reaches_the_terminal(string commandLine)
    {
        await using var server = await StartAsync(Hostile);
        var file = server.Folder["hosts.csv"];
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);

        // Piped and with somebody to ask: questions show foreign text too.
        foreach (var terminal in new[] { server.Piped(), server.Answering("no\n") })
        {
            await terminal.RunAsync(commandLine.Replace("{0}", file, StringComparison.Ordinal).Replace("{1}", "x", StringComparison.Ordinal));
            var shown = (terminal.Output + terminal.Talk).Replace("\u001b[K", "", StringComparison.Ordinal);

            Assert.NotEmpty(shown);
            Assert.DoesNotContain('\u001b', shown);
            Assert.DoesNotContain('\u0007', shown);
            Assert.DoesNotContain('\u202e', shown);
            Assert.True(commandLine == "host export" || !shown.Contains("\nfake line", StringComparison.Ordinal), "Only a CSV may hold lines of its own.");
        }
    }

    [Fact]
    public async Task No_escape_sequence_of_a_refusal_reaches_the_terminal()
    {
        await using var server = await CannedServer.StartAsync();
        server.Refuse(HostApi.List, 409, Hostile, Hostile, Hostile);

        var terminal = await server.RunAsync("host list", 1);

        Assert.DoesNotContain('\u001b', terminal.Talk);
    }

    private static async Task<CannedServer> StartAsync(string text)
    {
        var samples = new Samples(text);
        var server = await CannedServer.StartAsync();
        var ended = samples.Job(JobOutcome.Failed, text, text, hasWarning: true);
        return server
            .On(HostApi.List, [samples.Host]).On(HostApi.Show, samples.Host).On(HostApi.ListPending, [samples.Pending]).On(HostApi.Add, [samples.Host])
            .On(HostApi.Change, samples.Host).On(HostApi.Approve, samples.Host).On(HostApi.Export, text)
            .On(HostApi.Import, new ImportReport([new ImportLine(1, text, text, text)], IsApplied: false))
            .On(HostApi.ListRooms, [samples.Room, samples.Room with { Room = samples.Room.Room with { Name = "x" } }]).On(HostApi.AddRoom, samples.Room)
            .On(ConfigurationApi.List, [samples.Configuration]).On(ConfigurationApi.Show, samples.Configuration).On(ConfigurationApi.SetMaster, samples.Configuration)
            .On(ConfigurationApi.Delete, new DeletedConfiguration(1, 1, 1, Samples.Day))
            .On(HostApi.RenameRoomHosts, new RenameReport([new Renaming(text, samples.Host.Host.Name, null, text)], IsApplied: false, text))
            .On(JoinApi.ListAccounts, [samples.JoinAccount]).On(JoinApi.SetAccount, samples.JoinAccount)
            .On(JobApi.List, [ended]).On(JobApi.Show, ended).On(JobApi.Log, [new JobLogLine(1, Samples.Day, text)]).On(JobApi.ListBatches, [samples.Batch])
            .On(JobApi.Cancel, ended).On(JobApi.ChooseDisks, ended)
            .On(JobApi.Start, new BatchAnswer(text, [samples.Able with { Name = text }, samples.RuledOut]))
            .On(CarouselApi.List, [samples.Carousel, samples.Carousel with { State = CarouselState.Gathering }]).On(CarouselApi.StartNow, samples.Carousel).On(CarouselApi.Settings, new MulticastSettings(Interface: text, Group: text))
            .On(AccountApi.List, [samples.Operator with { Name = text }]).On(AccountApi.AddToken, new TokenAnswer(text)).On(AccountApi.Self, samples.Operator with { Name = text })
            .On(AccountApi.Audit, new AuditPage([samples.Audit], 1)).On(AccountApi.Logout, default(Nothing))
            .On(ApplianceApi.Status, samples.Status)
            .On(HostApi.Delete, default(Nothing)).On(HostApi.DeleteRoom, default(Nothing));
    }
}
