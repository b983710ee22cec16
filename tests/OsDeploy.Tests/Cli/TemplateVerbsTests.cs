using System.Text.RegularExpressions;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Templates;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class TemplateVerbsTests
{
    private const string Name = "Win10Workgroup.xml";

    private static readonly string s_original = Originals.Of(TemplateName.All.Single(name => name.ToString() == Name));
    private static readonly TemplateText s_shipped = new(new TemplateView(Name, IsEdited: false, null, null, 0), s_original);
    private static readonly TemplateText s_saved = new(new TemplateView(Name, IsEdited: true, "anna", Samples.Day, 1), s_original);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Templates_are_listed_with_who_changed_them()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ListTemplates, [s_shipped.Template, s_saved.Template with { Name = "Win11No.xml" }]);

        var list = await server.RunAsync("template list");

        Assert.Matches(@"Win10Workgroup\.xml +as shipped +- +-", list.Output);
        Assert.Matches(@"Win11No\.xml +edited +anna +20", list.Output);
    }

    [Fact]
    public async Task A_template_is_shown_with_its_blanks_and_without_what_steers_a_terminal()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ShowTemplate, s_shipped with { Text = "<a>\r\n\t<b>\u001b[2J</b>\r\n</a>\r\n" }).On(PersonalApi.ShowRevision, s_shipped with { Text = "old" });

        Assert.Equal("<a>\n    <b>?[2J</b>\n</a>\n", (await server.RunAsync("template show win10workgroup.xml")).Output);
        Assert.Equal("old\n", (await server.RunAsync($"template show {Name} --revision 3")).Output);
        Assert.Contains(server.Requests, request => request.Target == $"/api/v1/templates/{Name}/history/3");
    }

    [Fact]
    public async Task Originals_are_shown_and_files_checked_without_an_appliance()
    {
        using var folder = new TemporaryFolder();
        var terminal = TestTerminal.Piped();
        Assert.Equal(0, await terminal.RunAsync($"template original {Name}"));
        Assert.StartsWith("<?xml", terminal.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["good.xml"], terminal.Output, Cancel);
        await File.WriteAllTextAsync(folder["bad.xml"], s_original.Replace("HOSTNAME", "HOSTNAM", StringComparison.Ordinal), Cancel);

        var good = TestTerminal.Piped();
        Assert.Equal(0, await good.RunAsync($"template check {folder["good.xml"]} --as {Name}"));
        var bad = TestTerminal.Piped();
        Assert.Equal(1, await bad.RunAsync($"template check {folder["bad.xml"]} --as {Name}"));
        var unknown = TestTerminal.Piped();
        Assert.Equal(1, await unknown.RunAsync($"template check {folder["bad.xml"]} --as Win95.inf"));

        Assert.Equal($"It can be {Name}.\n", good.Output);
        Assert.Matches(@"^Line \d+: HOSTNAM is not a placeholder; HOSTNAME is", bad.Output);
        Assert.Contains("template-missing", unknown.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_faults_is_not_sent()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.SaveTemplate, s_saved);
        await File.WriteAllTextAsync(server.Folder["bad.xml"], "<unattend>\n<broken", Cancel);
        await File.WriteAllTextAsync(server.Folder["good.xml"], s_original, Cancel);

        var refused = await server.RunAsync($"template save {Name} {server.Folder["bad.xml"]}", 1);
        Assert.Contains("Line 2: This cannot be read", refused.Talk, StringComparison.Ordinal);
        Assert.False(server.Heard(PersonalApi.SaveTemplate));

        var saved = await server.RunAsync($"template save {Name} {server.Folder["good.xml"]} --revision 4");
        Assert.Equal(new TemplateChange(s_original, 4), server.BodyOf(PersonalApi.SaveTemplate));
        Assert.Contains("as revision 1.", saved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_edited_is_saved_over_what_it_was_begun_with()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ShowTemplate, s_saved with { Template = s_saved.Template with { Rev = 6 } }).On(PersonalApi.SaveTemplate, s_saved);

        await EditAsync(server, "#!/bin/sh\nsed -i 's/SCHOOLNAME/Goethe-Schule/' \"$1\"\n", 0, "");

        var sent = server.BodyOf(PersonalApi.SaveTemplate);
        Assert.Equal((s_original.Replace("SCHOOLNAME", "Goethe-Schule", StringComparison.Ordinal), 6L), (sent.Text, sent.Rev));
        Assert.NotEqual(s_original, sent.Text);
    }

    [Fact]
    public async Task What_was_not_changed_is_not_sent()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ShowTemplate, s_shipped with { Text = s_original.ReplaceLineEndings("\r\n") });

        var terminal = await EditAsync(server, "#!/bin/sh\ntrue\n", 0, "");

        Assert.Contains("was not changed", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_with_faults_can_be_edited_again_and_is_never_lost()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ShowTemplate, s_shipped).On(PersonalApi.SaveTemplate, s_saved);
        const string editor = "#!/bin/sh\nsed -i 's/HOSTNAME/HOSTNAM/; s/HOSTNAMM*$/HOSTNAM/' \"$1\"\n";

        var left = await EditAsync(server, editor, 1, "y\nn\n");

        Assert.Contains("HOSTNAM is not a placeholder; HOSTNAME is", left.Talk, StringComparison.Ordinal);
        Assert.Equal(2, left.Talk.Split("Edit it again?").Length - 1);
        var kept = KeptIn(left);
        Assert.Contains("HOSTNAM<", await File.ReadAllTextAsync(kept, Cancel), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(kept)!));
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);
        Assert.False(server.Heard(PersonalApi.SaveTemplate));
    }

    [Fact]
    public async Task A_text_that_the_appliance_refuses_is_kept()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ShowTemplate, s_shipped).Refuse(PersonalApi.SaveTemplate, 409, "changed-meanwhile");

        var refused = await EditAsync(server, "#!/bin/sh\nsed -i 's/SCHOOLNAME/Goethe/' \"$1\"\n", 1, "");

        var kept = KeptIn(refused);
        Assert.Contains("Goethe", await File.ReadAllTextAsync(kept, Cancel), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);
    }

    [Fact]
    public async Task Nobody_edits_without_a_terminal()
    {
        await using var server = await CannedServer.StartAsync();

        var refused = await server.RunAsync($"template edit {Name}", 2);

        Assert.Contains("usage-editor", refused.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_shown_and_brought_back()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(PersonalApi.ListRevisions, [new TemplateRevision(3, "ben", Samples.Day, 1), new TemplateRevision(2, "anna", Samples.Day, 0), new TemplateRevision(1, "anna", Samples.Day, null)]);
        server.On(PersonalApi.RestoreTemplate, asked => asked.Revision == 0 ? s_shipped : s_saved);

        var history = await server.RunAsync($"template history {Name}");
        Assert.Matches(@"3 +ben .* revision 1 again\n +2 +anna .* the shipped one again\n +1 +anna .* written\n", history.Output);

        Assert.Contains("is the shipped one again", (await server.RunAsync($"template restore {Name}")).Output, StringComparison.Ordinal);
        await server.RunAsync($"template restore {Name} --revision 2");
        Assert.Equal(new TemplateRestore(2), server.BodyOf(PersonalApi.RestoreTemplate));
    }

    private static string KeptIn(TestTerminal terminal) => Regex.Match(terminal.Talk, @"What you wrote is in (\S+)").Groups[1].Value;

    private static Task<TestTerminal> EditAsync(CannedServer server, string editor, int exitCode, string answers)
    {
        var script = server.Folder["editor.sh"];
        File.WriteAllText(script, editor);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return RunAsync();

        async Task<TestTerminal> RunAsync()
        {
            var terminal = server.Answering(answers);
            var code = await terminal.RunAsync(["template", "edit", Name, "--editor", "sh " + script], Cancel);
            Assert.True(code == exitCode, $"ended with {code}\n{terminal.Talk}");
            return terminal;
        }
    }
}
