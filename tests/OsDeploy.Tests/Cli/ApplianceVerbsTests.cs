using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.Chunks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>Accounts, the audit log, status, alarms and backups.</summary>
public sealed class ApplianceVerbsTests
{
    private static readonly Samples s_samples = new("school");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_says_who_is_logged_in_and_ends_with_3_if_there_are_alarms()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(AccountApi.Self, s_samples.Operator).On(ApplianceApi.Status, s_samples.Status);

        var status = await server.RunAsync("status", 3);
        var json = await server.RunAsync("status --json", 3);

        Assert.Matches(@"logged in as +anna \(room-operator\)\n", status.Output);
        Assert.Contains("30, 28 seen, 1 without a configuration, 2 computers wait for approval", status.Output, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.Equal(30, parsed.RootElement.GetProperty("appliance").GetProperty("hosts").GetInt32());
    }

    [Fact]
    public async Task Alarms_are_listed_and_dismissed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ApplianceApi.Status, s_samples.Status).On(ApplianceApi.DismissAlarm, default(Nothing));

        var list = await server.RunAsync("alarm list", 3);
        await server.RunAsync("alarm dismiss school");

        Assert.Contains("osdeploy alarm dismiss school", list.Output, StringComparison.Ordinal);
        Assert.True(server.Heard(ApplianceApi.DismissAlarm));
    }

    [Fact]
    public async Task A_new_account_gets_the_password_that_was_typed_twice()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(AccountApi.Add, s_samples.Operator);

        var differ = await server.RunAsync("user add tom --role room-operator --room r101", 1, "first word\nsecond word\n");
        Assert.Contains("[passwords-differ]", differ.Talk, StringComparison.Ordinal);
        Assert.Empty(server.Requests);

        await server.RunAsync("user add tom --role room-operator --room r101 --room r102", 0, "first word\nfirst word\n");
        var added = server.BodyOf(AccountApi.Add);
        Assert.Equal(("tom", Role.RoomOperator, "first word"), (added.Name, added.Role, added.Password));
        Assert.Equal(["r101", "r102"], added.Rooms!);
    }

    [Fact]
    public async Task Accounts_are_changed_listed_and_deleted()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(AccountApi.List, [s_samples.Operator]).On(AccountApi.Change, s_samples.Operator).On(AccountApi.Delete, default(Nothing));

        var list = await server.RunAsync("user list");
        await server.RunAsync("user set tom --role imager --no-rooms --disabled no");
        await server.RunAsync("user delete tom", 0, "tom\n");

        Assert.Matches("anna  room-operator  school +2026-11-20 .*  disabled  school", list.Output);
        var change = server.BodyOf(AccountApi.Change);
        Assert.Equal((Role.Imager, false), (change.Role, change.IsDisabled));
        Assert.Empty(change.Rooms!);
        Assert.True(server.Heard(AccountApi.Delete));
    }

    [Fact]
    public async Task A_password_is_changed_with_ones_own_whoever_it_is_for()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(AccountApi.SetPassword, default(Nothing)).On(AccountApi.ChangeOwnPassword, default(Nothing));
        var file = server.Folder["new"];
        await File.WriteAllTextAsync(file, "new word\n", Cancel);

        await server.RunAsync("user password tom", 0, "own word\nnew word\nnew word\n");
        await server.RunAsync($"user password --password-file {file}", 0, "own word\n");

        Assert.Equal(new PasswordChange("own word", "new word"), server.BodyOf(AccountApi.SetPassword));
        Assert.Equal(new PasswordChange("own word", "new word"), server.BodyOf(AccountApi.ChangeOwnPassword));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_deleted_by_its_name()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(AccountApi.AddToken, new TokenAnswer("osd-abc")).On(AccountApi.DeleteToken, default(Nothing));

        Assert.Equal("osd-abc\n", (await server.RunAsync("user token branch nightly")).Output);
        await server.RunAsync("user token branch nightly --delete");

        Assert.Contains(server.Requests, request => request is { Method: "DELETE", Target: "/api/v1/operators/branch/tokens/nightly" });
    }

    [Theory]
    [InlineData("restart", PowerAction.Restart)]
    [InlineData("off", PowerAction.Off)]
    public async Task The_appliance_is_restarted_or_switched_off_once_the_word_is_typed(string word, PowerAction action)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ApplianceApi.Status, s_samples.Status).On(ApplianceApi.Power, default(Nothing));

        await server.RunAsync($"appliance {word}", 1, "yes\n");
        Assert.False(server.Heard(ApplianceApi.Power));

        await server.RunAsync($"appliance {word}", 0, word + "\n");
        Assert.Equal(action, server.BodyOf(ApplianceApi.Power).Action);
    }

    [Fact]
    public async Task The_clock_is_set_to_what_is_typed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ApplianceApi.SetClock, default(Nothing));

        var said = await server.RunAsync("appliance clock 2026-11-21T13:52Z");

        Assert.Equal("The appliance's clock is 2026-11-21T13:52:00Z now.\n", said.Output);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 13, 52, 0, TimeSpan.Zero), server.BodyOf(ApplianceApi.SetClock).Utc);
    }

    [Fact]
    public async Task The_audit_log_is_read_in_pages_of_a_thousand()
    {
        await using var server = await CannedServer.StartAsync();
        var pages = new Queue<AuditPage>([Page(2000, 1000), Page(1000, 200)]);
        server.On(AccountApi.Audit, _ => pages.Dequeue());

        var audit = await server.RunAsync("audit --count 1200");

        Assert.Equal(1201, audit.Output.Count(letter => letter == '\n'));
        Assert.Equal(["/api/v1/audit?count=1000", "/api/v1/audit?count=200&before=1001"], server.Requests.Select(request => request.Target));
    }

    [Theory]
    [InlineData(null, 0, "The log is whole, to line 5.\n")]
    [InlineData(4L, 1, "The log is broken at line 4: it or the line before it was changed or taken out.\n")]
    public async Task A_check_says_whether_the_log_is_whole(long? brokenAt, int exitCode, string text)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(AccountApi.Audit, new AuditPage([s_samples.Audit], brokenAt));

        Assert.Equal(text, (await server.RunAsync("audit --check", exitCode)).Output);
        Assert.Equal("/api/v1/audit?count=1&check=true", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_only_and_replaces_nothing_unasked()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(MovingApi.Create, "all of it");
        var file = server.Folder["backup.db"];

        await server.RunAsync($"backup create {file}");
        server.On(MovingApi.Create, "newer");
        Assert.Contains("[file-exists]", (await server.RunAsync($"backup create {file}", 1)).Talk, StringComparison.Ordinal);

        Assert.Equal("all of it", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await server.RunAsync($"backup create {file} --yes");
        Assert.Equal("newer", await File.ReadAllTextAsync(file, Cancel));
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_the_one_before()
    {
        await using var server = await CannedServer.StartAsync();
        server.Refuse(MovingApi.Create, 403, "not-allowed");
        var file = server.Folder["backup.db"];
        await File.WriteAllTextAsync(file, "before", Cancel);

        await server.RunAsync($"backup create {file} --yes", 1);

        Assert.Equal("before", await File.ReadAllTextAsync(file, Cancel));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(file)!), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_are_compared_by_the_appliance()
    {
        await using var server = await CannedServer.StartAsync();
        var other = new VersionId(ChunkId.Parse(new string('b', 64)));
        var entry = new VersionEntry(ImageKind.Image, ImageName.Parse("lab"), Samples.Version, Samples.Day, IsCurrent: true, IsSigned: false, DamagedChunks: 0);
        server.On(StoreApi.ListVersions, JsonSerializer.Serialize<IReadOnlyList<VersionEntry>>([entry, entry with { Version = other, IsCurrent = false }], ApiJson.Default.IReadOnlyListVersionEntry));
        server.On(ApplianceApi.Compare, s_samples.Comparison);

        var compared = await server.RunAsync("image compare lab@bbbbbb lab");
        var folder = await server.RunAsync($"image compare lab@bbbbbb lab --store {server.Folder["none"]}", 1);

        Assert.Contains(server.Requests, request => request.Target == $"/api/v1/store/versions/{other}/compare/{Samples.Version}");
        Assert.Matches("the same +3.00 GiB\n.*only lab@bbbbbb[^ ]* +1.00 GiB\n", compared.Output);
        Assert.DoesNotContain("Fault", folder.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_version_comes_back_by_its_first_digits_without_the_right_to_prune()
    {
        await using var server = await CannedServer.StartAsync();
        var entry = new VersionEntry(ImageKind.Image, ImageName.Parse("lab"), Samples.Version, Samples.Day, IsCurrent: false, IsSigned: false, DamagedChunks: 0);
        server.On(StoreApi.ListVersions, JsonSerializer.Serialize<IReadOnlyList<VersionEntry>>([entry], ApiJson.Default.IReadOnlyListVersionEntry));
        server.On(StoreApi.UndeleteVersion, "").Refuse(StoreApi.Prune, 403, "not-allowed");
        server.On(ApplianceApi.ListDeleted, [new DeletedVersion(Samples.Version, ImageKind.Image, entry.Image, Samples.Day, Samples.Day, Samples.Day)]);

        var back = await server.RunAsync($"image undelete {Samples.Version.Short}");

        Assert.Equal($"lab@{Samples.Version.Short} is back.\n", back.Output);
        Assert.True(server.Heard(StoreApi.UndeleteVersion));
    }

    private static AuditPage Page(long newest, int count) => new([.. Enumerable.Range(0, count).Select(i => s_samples.Audit with { Number = newest - i })]);
}
