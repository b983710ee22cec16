using OsDeploy.Api.Boot;
using OsDeploy.Screens.FirstStart.Views;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;
using OsDeploy.Tests.Screens.Forms;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.FirstStart;

/// <summary>The assistant as somebody sees and answers it.</summary>
public sealed class FirstStartScreenTests
{
    private const int LabelColumns = 30;

    private static readonly Key s_next = new Key('n').WithAlt;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_sets_up_an_appliance_by_keys_alone()
    {
        await using var appliance = new NewAppliance();
        appliance.Stub.Neighbours = "10.0.0.254 dhcp";
        using var terminal = new MemoryTerminal { Patience = TimeSpan.FromSeconds(30) };
        using var app = new Application(TimeProvider.System).Init(terminal);
        using var screens = new FirstStartScreens(app, appliance.Work, appliance.Helper, () => appliance.Cards, NewAppliance.HasZone, TimeProvider.System);
        var seen = new Dictionary<string, string>();

        Look("Langue", "language", Key.Enter);
        Look("need a disk of their own", "disk", s_next);
        terminal.UntilShown("no account and no password");
        terminal.Type("anna\t" + NewAppliance.Password + "\t" + NewAppliance.Password);
        Look("no account and no password", "operator", s_next);
        Look("enp1s0", "network", s_next);
        Look("10.0.0.254", "starting", s_next);
        terminal.UntilShown("Time zone");
        terminal.Type("Goethe-Schule");
        Look("Goethe-Schule", "school", s_next);
        Look("Summary", "summary", new Key('s').WithAlt);
        screens.Run();

        Assert.True(screens.IsDone);
        var operatorAnswers = Assert.Single(appliance.Operators);
        Assert.Equal(("anna", NewAppliance.Password, "Goethe-Schule", BootMode.Proxy), (operatorAnswers.Operator, operatorAnswers.Password, operatorAnswers.Settings.School, operatorAnswers.Settings.Mode));
        Assert.Equal(new ApplianceSettings("en", "osdeploy", "UTC", new NetworkSettings("enp1s0")), ApplianceSettings.Read(appliance.Volume));
        foreach (var (name, screen) in seen)
        {
            Golden.Check(screen, name);
            Assert.DoesNotContain(NewAppliance.Password, screen, StringComparison.Ordinal);
        }

        void Look(string words, string name, params Key[] keys)
        {
            terminal.UntilShown(words);
            terminal.Then(() => seen[name] = terminal.Text);
            terminal.Press(keys);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    public async Task A_disk_with_data_is_taken_only_after_its_name_was_typed(string code)
    {
        Language.Use(Language.Find(code)!);
        try
        {
            await using var appliance = new NewAppliance();
            var wizard = appliance.NewWizard();
            Assert.True(await wizard.Model.NextAsync(Cancel));
            var form = wizard.Model.Page.Form;
            Assert.Equal("/dev/sda", form.Get<ChoiceEntry>("disk").Value);
            Assert.Null(form.Check());

            form.Get<ChoiceEntry>("disk").Value = "/dev/nvme0n1";
            Assert.NotNull(form.Check());
            form.Get<TextEntry>("typed").Value = "sda";
            Assert.NotNull(form.Check());
            form.Get<TextEntry>("typed").Value = "nvme0n1";
            Assert.Null(form.Check());

            Assert.Equal(("nvme0n1", "nvme0n1"), (wizard.Answers.Disk.Disk!.Name, wizard.Answers.Disk.Typed));
            Assert.DoesNotContain(form.Get<ChoiceEntry>("disk").Options, option => option.Id == "/dev/sdb");
            Assert.Contains("sdb", form.Get<InfoEntry>("others").Text, StringComparison.Ordinal);
        }
        finally
        {
            Language.Use(Language.English);
        }
    }

    [Fact]
    public async Task Of_two_blank_disks_none_is_proposed()
    {
        await using var appliance = new NewAppliance();
        appliance.Disks = [appliance.Disks[0], appliance.Disks[0] with { Path = "/dev/sdc", Name = "sdc" }];
        var wizard = appliance.NewWizard();
        await wizard.Model.NextAsync(Cancel);

        Assert.Null(wizard.Model.Page.Form.Get<ChoiceEntry>("disk").Value);
    }

    [Fact]
    public async Task A_DHCP_server_needs_a_fixed_address_and_proposes_its_range()
    {
        await using var appliance = new NewAppliance();
        var wizard = appliance.NewWizard();
        var (network, starting) = (wizard.Model.Pages[2], wizard.Model.Pages[3]);
        await network.Prepare!(Cancel);
        await starting.Prepare!(Cancel);
        starting.Form.Get<ChoiceEntry>("mode").Value = nameof(BootMode.Dhcp);
        starting.Form.Get<TextEntry>("first").Value = "10.0.0.128";
        starting.Form.Get<TextEntry>("last").Value = "10.0.0.254";
        Assert.NotNull(starting.Form.Check());

        network.Form.Get<ChoiceEntry>("way").Value = "fixed";

        Assert.Null(network.Form.Check());
        Assert.Null(starting.Form.Check());
        var settings = wizard.Answers.Appliance.Network;
        Assert.Equal(("enp1s0", "10.0.0.5/24", "10.0.0.254", "10.0.0.253"), (settings.Interface, settings.Address, settings.Gateway, Assert.Single(settings.Dns!)));
        Assert.Equal(("10.0.0.128", "10.0.0.254", "10.0.0.254"), (wizard.Answers.Settings.RangeFirst, wizard.Answers.Settings.RangeLast, wizard.Answers.Settings.Router));
        starting.Form.Get<TextEntry>("first").Value = "10.0.0.4";
        Assert.NotNull(starting.Form.Check());
    }

    [Fact]
    public async Task The_same_questions_are_asked_line_by_line()
    {
        await using var appliance = new NewAppliance();
        var lines = new ScriptedLines("", "anna", "short", NewAppliance.Password, NewAppliance.Password, "", "", "", "", "", "", "", "", "");

        var result = await lines.Prompt.RunAsync(appliance.NewWizard().Model, Cancel);

        Assert.True(result.End == FormEnd.Done, lines.Said);
        Assert.Single(appliance.Operators);
        Assert.DoesNotContain(NewAppliance.Password, lines.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_form_has_two_things_under_the_same_letter_and_labels_have_room_in_every_language()
    {
        await using var appliance = new NewAppliance();
        try
        {
            foreach (var language in Language.All)
            {
                Language.Use(language);
                foreach (var form in appliance.NewWizard().Model.Pages.Select(page => page.Form))
                {
                    Assert.NotEmpty(form.Help);
                    var labels = form.Fields.Where(field => field.IsQuestion).Select(field => field.Label).Concat(form.Actions.Select(action => action.Label))
                        .Append(OsDeploy.Screens.Words.Common.Cancel).Append(OsDeploy.Screens.Words.Common.Back);
                    Assert.DoesNotContain(labels.GroupBy(HotKey.Of), group => group.Key is not null && group.Count() > 1);
                    Assert.All(form.Fields.Where(field => field.IsQuestion), field => Assert.True(field.PlainLabel.Length <= LabelColumns, field.PlainLabel));
                }
            }
        }
        finally
        {
            Language.Use(Language.English);
        }
    }

    [Theory]
    [InlineData("de", "Einrichten des Geräts")]
    [InlineData("fr", "Installation de l'appareil")]
    public async Task The_assistant_speaks_the_chosen_language_and_nothing_is_cut(string code, string title)
    {
        await using var appliance = new NewAppliance();
        using var terminal = new MemoryTerminal { Patience = TimeSpan.FromSeconds(30) };
        using var app = new Application(TimeProvider.System).Init(terminal);
        using var screens = new FirstStartScreens(app, appliance.Work, appliance.Helper, () => appliance.Cards, NewAppliance.HasZone, TimeProvider.System);
        var seen = "";
        try
        {
            terminal.UntilShown("Langue");
            terminal.Press(code == "de" ? [Key.CursorDown] : [Key.CursorDown, Key.CursorDown]);
            terminal.Press(Key.Enter);
            terminal.UntilShown("sdb");
            terminal.Then(() => seen = terminal.Text);
            terminal.HangUp();
            screens.Run();
        }
        finally
        {
            Language.Use(Language.English);
        }

        Assert.Contains(title, seen, StringComparison.Ordinal);
        Golden.Check(seen, "disk-" + code);
    }
}
