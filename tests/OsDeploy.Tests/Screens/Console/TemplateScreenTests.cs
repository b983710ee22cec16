using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Console.Settings;
using OsDeploy.Screens.Console.Templates;
using OsDeploy.Templates;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class TemplateScreenTests
{
    private const string Name = "Win10Domain.xml";

    private static readonly string s_original = Originals.Of(TemplateName.All.Single(name => name.ToString() == Name));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_files_are_listed_and_the_one_that_was_edited_says_by_whom()
    {
        await using var run = await ScreenRun.StartAsync(daemon => SaveAsync(daemon, "mine"));
        run.UntilShown("operator:anna");
        run.Look(screen => Golden.Check(screen, "Templates"));
        run.Type("/domain.xml");
        run.UntilGone("Win11No.xml");
        run.Press(Key.Enter, Key.End, Key.Home, Key.Enter);
        run.UntilShown("<unattend");
        run.Press(Key.Esc);
        run.UntilShown("operator:anna");
        run.Run(at => new TemplatesScreen(at));
    }

    [Fact]
    public async Task The_shipped_one_comes_back_after_what_that_changes_was_shown()
    {
        await using var run = await ScreenRun.StartAsync(daemon => SaveAsync(daemon, "mine"));
        run.UntilShown("operator:anna");
        run.Type("/" + Name);
        run.UntilGone("Win11No.xml");
        run.Press(Key.Enter, Key.F8);
        run.UntilShown("<!-- mine -->");
        run.Look(screen => Golden.Check(screen, "TemplateReturn"));
        run.Alt('b');
        run.UntilShown("new jobs use it");
        run.UntilGone("edited ");
        run.Press(Key.F3);
        run.UntilShown("the shipped one again");
        run.Look(screen => Golden.Check(screen, "TemplateHistory"));
        run.Press(Key.Esc);
        run.Run(at => new TemplatesScreen(at));

        Assert.Equal(s_original, (await ShowAsync(run)).Text);
    }

    [Fact]
    public async Task A_text_with_faults_stays_in_the_form()
    {
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown(Name);
        run.Type("/" + Name);
        run.UntilGone("Win11No.xml");
        run.Press(Key.Enter, Key.F4);
        run.UntilShown("Change " + Name);
        run.Look(screen => Golden.Check(screen, "TemplateEdit"));
        run.Type("x");
        run.Alt('s');
        run.UntilShown("Line 1");
        run.Press(Key.Backspace);
        run.Press(Key.Esc);
        run.UntilGone("Change " + Name);
        run.Run(at => new TemplatesScreen(at));

        Assert.Equal(0, (await ShowAsync(run)).Template.Rev);
    }

    [Fact]
    public async Task The_school_is_named_among_the_settings()
    {
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown("School, for answer files");
        run.Type("/answer");
        run.UntilGone("High contrast");
        run.Press(Key.Enter, Key.Enter);
        run.UntilShown("Save");
        run.Type("Goethe-Schule");
        run.Press(Key.Tab);
        run.Type("de-DE");
        run.Alt('s');
        run.UntilShown("New jobs use it.");
        run.Run(at => new SettingsScreen(at));

        Assert.Equal(new School("Goethe-Schule", "de-DE"), await run.At.Session.CallAsync(PersonalApi.ShowSchool, Cancel));
    }

    [Theory]
    [InlineData("a\nb\nc", "a\nb\nc\n", "")]
    [InlineData("a\nb\nc", "a\nx\nc", "  a|- b|+ x|  c")]
    [InlineData("a", "a\r\nb", "  a|+ b")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8", "1\n2\n3\n4\n5\n6\n7\n9", "@ 6|  6|  7|- 8|+ 9")]
    [InlineData("x\n1\n2\n3\n4\n5\n6\ny", "1\n2\n3\n4\n5\n6", "- x|  1|  2|@ 6|  5|  6|- y")]
    public void A_difference_shows_what_goes_and_what_comes(string before, string after, string lines) =>
        Assert.Equal(lines, string.Join('|', LineDifference.Of(before, after)));

    private static async Task SaveAsync(TestDaemon daemon, string comment) =>
        await daemon.Admin.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(s_original.Replace("</unattend>", $"<!-- {comment} -->\n</unattend>", StringComparison.Ordinal)), Cancel, Name);

    private static Task<TemplateText> ShowAsync(ScreenRun run) => run.At.Session.CallAsync(PersonalApi.ShowTemplate, Cancel, Name);
}
