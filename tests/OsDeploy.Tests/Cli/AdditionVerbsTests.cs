using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Cli;

public sealed class AdditionVerbsTests
{
    private static readonly ContentId s_content = ContentId.Of([1]);
    private static readonly Addition s_map = Of("0123456789abcdef0123456789abcdef", "map.cmd");
    private static readonly Addition s_driver = Of("fedcba9876543210fedcba9876543210", "e1000/net.sys") with { Kind = PersonalFileKind.Driver, For = new Selector(Model: "OptiPlex*"), Disk = 1, Number = 3 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Additions_are_listed_with_whom_they_are_for()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ListAdditions, [View(s_map), View(s_driver)]).On(PersonalApi.ForHost, [new HostAddition(s_map, s_driver.Id), new HostAddition(s_driver, null)]);

        var list = await server.RunAsync("addition list");
        var forHost = await server.RunAsync("addition list --host r101-pc01");

        Assert.Matches(@"01234567 +100 +setup +map\.cmd +.* +every host\n", list.Output);
        Assert.Matches(@"fedcba98 +100 +driver +e1000/net\.sys +.* +model OptiPlex\*, partition 1\.3\n", list.Output);
        Assert.Matches(@"map\.cmd .* it gets fedcba98\n", forHost.Output);
        Assert.Contains(server.Requests, request => request.Target == "/api/v1/hosts/r101-pc01/additions");
    }

    [Fact]
    public async Task A_file_is_sent_and_then_named()
    {
        await using var server = await AddingAsync();
        await File.WriteAllTextAsync(server.Folder["map.cmd"], "rem", Cancel);

        await server.RunAsync($"addition add {server.Folder["map.cmd"]} --kind setup --room r101 --config lab --names r* --os win11 --join domain --partition 2.3 --order 7");

        Assert.Equal("rem", server.Requests.Single(request => request.Target == "/api/v1/contents").Body);
        var added = Assert.Single(server.BodyOf(PersonalApi.Add).Additions);
        Assert.Equal(new NewAddition(PersonalFileKind.Setup, "map.cmd", s_content, 7, 2, 3, new Selector("lab", "r101", "r*", null, OperatingSystem.Win11, JoinMode.Domain)), added);
    }

    [Theory]
    [InlineData("driver", "", "e1000/net.inf e1000/x64/net.sys")]
    [InlineData("driver", " --path intel/2024/", "intel/2024/net.inf intel/2024/x64/net.sys")]
    [InlineData("setup", "", "net.inf x64/net.sys")]
    public async Task Of_a_folder_all_files_are_sent(string kind, string path, string names)
    {
        await using var server = await AddingAsync();
        Directory.CreateDirectory(server.Folder["e1000/x64"]);
        await File.WriteAllTextAsync(server.Folder["e1000/net.inf"], "1", Cancel);
        await File.WriteAllTextAsync(server.Folder["e1000/x64/net.sys"], "2", Cancel);
        Directory.CreateSymbolicLink(server.Folder["e1000/loop"], server.Folder["e1000"]);

        await server.RunAsync($"addition add {server.Folder["e1000"]}/ --kind {kind}{path}");

        Assert.Equal(names, string.Join(' ', server.BodyOf(PersonalApi.Add).Additions.Select(one => one.Path)));
    }

    [Fact]
    public async Task Printers_are_added_by_their_names()
    {
        await using var server = await AddingAsync();

        await server.RunAsync(@"addition add --printer \\srv\lib1 --printer \\srv\lib2 --names lib-*");

        Assert.Equal([@"\\srv\lib1", @"\\srv\lib2"], server.Requests.Where(request => request.Target == "/api/v1/contents").Select(request => request.Body.Trim()));
        Assert.Equal([(PersonalFileKind.Printers, "srv-lib1"), (PersonalFileKind.Printers, "srv-lib2")], server.BodyOf(PersonalApi.Add).Additions.Select(one => (one.Kind, one.Path)));
    }

    [Theory]
    [InlineData("addition add", 2)]
    [InlineData("addition add map.cmd", 2)]
    [InlineData("addition add --kind setup", 2)]
    [InlineData("addition add /nonexistent/map.cmd --kind setup", 1)]
    [InlineData("addition add --printer x --partition 0", 2)]
    [InlineData("addition set 0123", 2)]
    public async Task What_makes_no_sense_is_refused_before_anything_is_sent(string commandLine, int exitCode)
    {
        await using var server = await AddingAsync();

        await server.RunAsync(commandLine, exitCode);

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_warning_is_shown_and_is_an_exit_code_of_its_own()
    {
        await using var server = await AddingAsync();
        server.On(PersonalApi.Add, [View(s_map with { Warning = "Line 2 looks as if it held a password." })]);

        var added = await server.RunAsync(@"addition add --printer \\srv\p", 3);

        Assert.Contains("Warning: map.cmd: Line 2 looks", added.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_replaces_for_whom_it_is_or_leaves_it()
    {
        await using var server = await AddingAsync();
        server.On(PersonalApi.ShowAddition, View(s_map)).On(PersonalApi.Change, View(s_map));
        await File.WriteAllTextAsync(server.Folder["new.cmd"], "rem new", Cancel);

        await server.RunAsync("addition set 0123 --room r102");
        Assert.Equal(new AdditionChange(For: new Selector(Room: "r102"), Rev: 4), server.BodyOf(PersonalApi.Change));
        await server.RunAsync("addition set 0123 --every-host --any-partition");
        Assert.Equal(new AdditionChange(AnyPartition: true, For: new Selector(), Rev: 4), server.BodyOf(PersonalApi.Change));
        await server.RunAsync($"addition set 0123 --file {server.Folder["new.cmd"]}");
        Assert.Equal(new AdditionChange(Content: s_content, Rev: 4), server.BodyOf(PersonalApi.Change));
    }

    [Fact]
    public async Task Additions_are_deleted_by_id_or_path_once_somebody_has_confirmed_it()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ListAdditions, [View(s_map), View(s_driver)]).On(PersonalApi.Delete, default(Nothing));

        await server.RunAsync("addition delete e1000/*", 1, "no\n");
        await server.RunAsync("addition delete nothing-like-it --yes", 1);
        Assert.False(server.Heard(PersonalApi.Delete));

        await server.RunAsync("addition delete e1000/* 0123 fedc", 0, "2\n");
        Assert.Equal([s_driver.Id, s_map.Id], server.Requests.Where(request => request.Method == "DELETE").Select(request => request.Target.Split('/')[^1]));
    }

    [Fact]
    public async Task The_file_of_an_addition_is_fetched_for_ones_own_eyes()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ShowAddition, View(s_map)).On(PersonalApi.ReadAddition, "rem");
        var file = server.Folder["out.cmd"];

        await server.RunAsync($"addition show 0123 --output {file}");

        Assert.Equal("rem", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await server.RunAsync($"addition show 0123 --output {file}", 1);
    }

    [Fact]
    public async Task The_school_is_changed_in_part()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ShowSchool, new School("Goethe-Schule", "de-DE")).On(PersonalApi.ChangeSchool, asked => asked);

        Assert.Matches("name +Goethe-Schule\nlanguage +de-DE\n", (await server.RunAsync("appliance school")).Output);
        Assert.False(server.Heard(PersonalApi.ChangeSchool));
        await server.RunAsync("appliance school --language fr-CH");
        Assert.Equal(new School("Goethe-Schule", "fr-CH"), server.BodyOf(PersonalApi.ChangeSchool));
    }

    private static async Task<CannedServer> AddingAsync()
    {
        var server = await CannedServer.StartAsync();
        return server.On(PersonalApi.Upload, $$"""{"content":"{{s_content}}","size":3}""").On(PersonalApi.Add, [View(s_map)]);
    }

    private static AdditionView View(Addition addition) => new(addition, 4);

    private static Addition Of(string id, string path) => new()
    {
        Id = id,
        Kind = PersonalFileKind.Setup,
        Path = path,
        Content = s_content,
        Size = 3,
        ChangedBy = "anna",
        ChangedAt = Samples.Day,
    };
}
