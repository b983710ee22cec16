using OsDeploy.Api;
using OsDeploy.Personalisation;
using OsDeploy.Screens.Console.Additions;
using OsDeploy.Screens.Forms;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>Files that hosts get besides their image, on the console.</summary>
public sealed class AdditionScreenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-additions-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_added_shown_given_to_others_and_deleted()
    {
        await using var run = await ScreenRun.StartAsync();
        var path = Path.Combine(_folder.FullName, "proxy.reg");
        await File.WriteAllTextAsync(path, "REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\School]\r\n", Cancel);
        var form = new AdditionForm(run.Context, null).Model;
        form.Get<TextEntry>("file").Value = path;
        form.Get<ChoiceEntry>("kind").Value = nameof(PersonalFileKind.Registry);
        form.Get<TextEntry>("names").Value = "pc*";
        await form.Actions[0].Run(Cancel);
        var added = Assert.Single(await run.Daemon.Admin.CallAsync(PersonalApi.ListAdditions, Cancel));
        Assert.Equal((PersonalFileKind.Registry, "proxy.reg", "pc*"), (added.Addition.Kind, added.Addition.Path, added.Addition.For.Names));

        run.UntilShown("proxy.reg");
        run.UntilShown("registry file");
        run.Press(Key.Enter);
        run.UntilShown(added.Addition.Content.ToString()[..12]);
        run.Press(Key.Enter);
        run.Run(at => new AdditionsScreen(at));

        var other = new AdditionForm(run.Context, added).Model;
        Assert.Equal("nothing-to-change", (await Assert.ThrowsAsync<UserErrorException>(() => other.Actions[0].Run(Cancel))).Code);
        other.Get<TextEntry>("names").Value = "lib*";
        await other.Actions[0].Run(Cancel);
        var changed = Assert.Single(await run.Daemon.Admin.CallAsync(PersonalApi.ListAdditions, Cancel));
        Assert.Equal("lib*", changed.Addition.For.Names);

        await AdditionDeletion.Of(run.Context, changed.Addition).Actions[0].Run(Cancel);
        Assert.Empty(await run.Daemon.Admin.CallAsync(PersonalApi.ListAdditions, Cancel));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_and_nothing_is_sent()
    {
        await using var run = await ScreenRun.StartAsync();
        var form = new AdditionForm(run.Context, null).Model;
        form.Get<TextEntry>("file").Value = "/nowhere/proxy.reg";
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => form.Actions[0].Run(Cancel));
        Assert.Equal("console-file", refusal.Code);
        Assert.Contains("/nowhere/proxy.reg", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
