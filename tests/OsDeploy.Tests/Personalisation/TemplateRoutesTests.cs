using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Personal;
using OsDeploy.Templates;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class TemplateRoutesTests
{
    private const string Name = "Win10Workgroup.xml";

    private static readonly string s_original = Originals.Of(TemplateName.All.Single(name => name.ToString() == Name));
    private static readonly string s_mine = s_original.Replace("</unattend>", "<!-- mine --></unattend>", StringComparison.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_template_is_saved_and_keeps_all_that_it_was()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal((s_original, false, 0L), await ShowAsync(daemon) is var shipped ? (shipped.Text, shipped.Template.IsEdited, shipped.Template.Rev) : default);

        var saved = await SaveAsync(daemon, s_mine, 0);
        Assert.Equal((s_mine, true, 1L, "operator:anna"), (saved.Text, saved.Template.IsEdited, saved.Template.Rev, saved.Template.ChangedBy));
        await daemon.RestartAsync();
        Assert.Equal(s_mine, (await ShowAsync(daemon)).Text);

        var restored = await daemon.Admin.CallAsync(PersonalApi.RestoreTemplate, new TemplateRestore(0), Cancel, Name);
        Assert.Equal((s_original, false, 2L), (restored.Text, restored.Template.IsEdited, restored.Template.Rev));
        await daemon.Admin.CallAsync(PersonalApi.RestoreTemplate, new TemplateRestore(1, 2), Cancel, Name);

        Assert.Equal(s_mine, (await ShowAsync(daemon)).Text);
        var history = await daemon.Admin.CallAsync(PersonalApi.ListRevisions, Cancel, Name);
        Assert.Equal([(3, 1), (2, 0), (1, null)], history.Select(one => (one.Number, one.From)));
        Assert.Equal(s_original, (await daemon.Admin.CallAsync(PersonalApi.ShowRevision, Cancel, Name, "2")).Text);
        Assert.Equal(s_original, (await daemon.Admin.CallAsync(PersonalApi.ShowRevision, Cancel, Name, "0")).Text);
        Assert.Equal([Name], (await daemon.Admin.CallAsync(PersonalApi.ListTemplates, Cancel)).Where(one => one.IsEdited).Select(one => one.Name));
        var audit = await daemon.Admin.CallAsync(AccountApi.Audit, Cancel);
        Assert.Equal(["template-restore", "template-restore", "template-save"], audit.Lines.Where(line => line.Subject == Name).Select(line => line.Action));
    }

    [Fact]
    public async Task What_Windows_would_stumble_over_is_not_saved_and_every_line_is_named()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var wrong = s_original.Replace("WORKGROUP", "WORKGRUOP", StringComparison.Ordinal).Replace("</unattend>", "<Password>geheim</Password></unattend>", StringComparison.Ordinal);

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => SaveAsync(daemon, wrong, 0));

        Assert.Equal("template-faults", refusal.Code);
        Assert.Matches(@"Line \d+: WORKGRUOP is not a placeholder.*Line \d+: Password holds a secret", refusal.Message);
        Assert.DoesNotContain("geheim", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await ShowAsync(daemon)).Template.Rev);
    }

    [Fact]
    public async Task Whoever_was_slower_is_told_by_whom_it_was_changed()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await SaveAsync(daemon, s_mine, 0);

        var late = await Assert.ThrowsAsync<UserErrorException>(() => SaveAsync(daemon, s_original, 0));

        Assert.Equal("changed-meanwhile", late.Code);
        Assert.Contains("anna", late.Message, StringComparison.Ordinal);
        Assert.Equal(s_mine, (await ShowAsync(daemon)).Text);
    }

    [Fact]
    public async Task Who_may_not_change_configurations_may_read_templates_only()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var vera = await daemon.AddOperatorAsync("vera", Role.Viewer);

        Assert.Equal(s_original, (await daemon.As(vera).CallAsync(PersonalApi.ShowTemplate, Cancel, Name)).Text);
        await TestRegistry.RefusedAsync("not-allowed", () => daemon.As(vera).CallAsync(PersonalApi.SaveTemplate, new TemplateChange(s_mine), Cancel, Name));
        await TestRegistry.RefusedAsync("template-missing", () => daemon.Admin.CallAsync(PersonalApi.ShowTemplate, Cancel, "Win95.inf"));
        await TestRegistry.RefusedAsync("revision-missing", () => daemon.Admin.CallAsync(PersonalApi.ShowRevision, Cancel, Name, "7"));
    }

    [Fact]
    public async Task The_school_is_named_once_for_all_templates()
    {
        await using var daemon = await TestDaemon.StartAsync();

        await daemon.Admin.CallAsync(PersonalApi.ChangeSchool, new School(" Goethe-\nSchule ", "de-DE"), Cancel);

        Assert.Equal(new School("Goethe- Schule", "de-DE"), await daemon.Admin.CallAsync(PersonalApi.ShowSchool, Cancel));
        await TestRegistry.RefusedAsync("school-invalid", () => daemon.Admin.CallAsync(PersonalApi.ChangeSchool, new School(Language: "deutsch"), Cancel));
        Assert.Equal(new School(), await daemon.Admin.CallAsync(PersonalApi.ChangeSchool, new School("", ""), Cancel));
    }

    [Theory]
    [InlineData("de-DE", true)]
    [InlineData("sr-Latn-RS", true)]
    [InlineData("fil-PH", true)]
    [InlineData("de", false)]
    [InlineData("DE-de", false)]
    [InlineData("de_DE", false)]
    [InlineData("sr-latn-RS", false)]
    [InlineData("de-DE-x", false)]
    public void A_language_is_named_as_Windows_names_it(string text, bool isOne) => Assert.Equal(isOne, School.IsLanguage(text));

    private static Task<TemplateText> ShowAsync(TestDaemon daemon) => daemon.Admin.CallAsync(PersonalApi.ShowTemplate, Cancel, Name);

    private static Task<TemplateText> SaveAsync(TestDaemon daemon, string text, long rev) => daemon.Admin.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(text, rev), Cancel, Name);
}
