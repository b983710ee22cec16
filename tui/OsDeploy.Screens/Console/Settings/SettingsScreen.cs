using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Language and contrast of this console; clock, backup and power of the appliance.</summary>
internal sealed class SettingsScreen : ListScreen<SettingRow>
{
    private readonly ConsoleContext _context;
    private readonly SettingsDesk _desk;

    public SettingsScreen(Workplace workplace)
        : base(workplace, Columns(), row => row.Id)
    {
        _context = workplace.Context;
        _desk = new SettingsDesk(_context, Zone);
    }

    public override string Heading => Words.Settings.Title;

    public override string Help => Words.Settings.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
        [new(Key.F4, Words.Settings.ActChange, () => Change(List.Selected!), () => _desk.WhyNot(List.Selected), () => CommandOf(List.Selected) is { } command ? [command] : [])];

    private static bool IsHighContrast
    {
        get => ThemeManager.Theme == ThemeManager.GetThemeNames()[1];
        set => ThemeManager.Theme = ThemeManager.GetThemeNames()[value ? 1 : 0];
    }

    private TimeZoneInfo Zone => Dialogs.Time.LocalTimeZone;

    protected override IReadOnlyList<SettingRow> RowsOf(Snapshot now) =>
        [.. _desk.Rows(IsHighContrast, Workplace.Feed.Now).Where(row => $"{row.Name} {row.Value}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(SettingRow row)
    {
        if (_desk.WhyNot(row) is { } why)
        {
            Workplace.Frame.Toast(why);
        }
        else
        {
            Change(row);
        }
    }

    private void Change(SettingRow row)
    {
        switch (row.Kind)
        {
            case Setting.Language:
                ChooseLanguage();
                break;
            case Setting.Contrast:
                IsHighContrast = !IsHighContrast;
                Dialogs.App.LayoutAndDraw(forceRedraw: true);
                Workplace.Frame.Toast(IsHighContrast ? Words.Settings.ContrastOn : Words.Settings.ContrastOff);
                break;
            case Setting.Clock:
                Ask(ClockForm.Of(_context, Workplace.Feed.Now, Zone), Words.Settings.ClockDone);
                break;
            case Setting.Backup:
                BackUp();
                break;
            case Setting.Retries:
                Ask(RetriesForm.Of(_context, Dialogs.Wait(Words.Settings.Retries, cancel => _context.Session.CallAsync(JobApi.Settings, cancel))), Words.Settings.RetriesDone);
                break;
            case Setting.Multicast:
                Ask(new MulticastForm(_context, Dialogs.Wait(Carousels.Setting, cancel => _context.Session.CallAsync(CarouselApi.Settings, cancel))).Model, Carousels.SettingsDone);
                break;
            case Setting.School:
                Ask(SchoolForm.Of(_context, Dialogs.Wait(Words.Settings.School, cancel => _context.Session.CallAsync(PersonalApi.ShowSchool, cancel))), Words.Settings.SchoolDone);
                break;
            case Setting.Own:
                ChangeOwn();
                break;
            case Setting.Shell:
                Ask(ShellForm.Of(_context), Words.Settings.ShellDone);
                break;
            case Setting.System:
                ChangeSystem();
                break;
            case Setting.Notifications:
                ChangeNotifications();
                break;
            case Setting.Restart:
                Ask(PowerForm.Of(_context, PowerAction.Restart), Words.Settings.RestartDone);
                break;
            case Setting.PowerOff:
                Ask(PowerForm.Of(_context, PowerAction.Off), Words.Settings.OffDone);
                break;
        }

        Show(Workplace.Now);
    }

    private void ChooseLanguage()
    {
        using var pick = new PickDialog(Words.Settings.LanguageTitle, [.. Language.All.Select(one => one.Name)], Language.All.ToList().IndexOf(Language.Current));
        Dialogs.App.Run(pick);
        if (pick.Picked is { } picked)
        {
            Language.Use(Language.All[picked]);
        }
    }

    private void ChangeSystem()
    {
        var work = new SystemChange(_context, Dialogs.Time);
        Ask(new SystemForm(work, Dialogs.Wait(Systems.Setting, cancel => _context.Session.CallAsync(SystemApi.Show, cancel))).Model, Systems.Done);
    }

    private void BackUp()
    {
        var form = new BackupForm(_context, Workplace.Feed.Now);
        Dialogs.Ask(form.Model);
        if (form.Written is { } bytes)
        {
            Workplace.Frame.Toast(Printable.Of(Language.Fill(Words.Settings.BackupDone, form.Model.Get<TextEntry>("file").Value, Sizes.Of(bytes))));
        }
    }

    // Whoever sees the question has the appliance still: it is reached under its new address, or at its own screen.
    private void ChangeOwn()
    {
        var form = new ApplianceForm(_context, Dialogs.Wait(Words.Settings.Own, cancel => _context.Session.CallAsync(SettingsApi.Show, cancel)));
        if (Dialogs.Ask(form.Model) is null || form.Answer is not { } answer)
        {
            return;
        }

        if (answer.Trial is { } trial)
        {
            var keeps = Dialogs.Confirm(Words.Settings.OwnKeepTitle, Language.Fill(Words.Settings.OwnKeepText, trial.Network.Address ?? Words.FirstStart.WayDhcp, trial.Network.Interface), Words.Settings.OwnKeep);
            _ = Dialogs.Wait(Words.Settings.Own, cancel => _context.Session.CallAsync(keeps ? SettingsApi.Keep : SettingsApi.GoBack, cancel));
            Workplace.Frame.Toast(keeps ? Words.Settings.OwnDone : Words.Settings.OwnBack);
            return;
        }

        Workplace.Frame.Toast(Words.Settings.OwnDone);
    }

    private void ChangeNotifications()
    {
        var form = new NotificationForm(_context, Dialogs.Wait(Words.Health.Notifications, cancel => _context.Session.CallAsync(NotificationApi.Show, cancel)));
        Ask(form.Model, Words.Health.NotificationsDone);
        if (form.Test is { } test)
        {
            Dialogs.Tell(Words.Health.Notifications, NotificationForm.TextOf(test));
        }
    }

    private void Ask(FormModel form, string done)
    {
        if (Dialogs.Ask(form) is not null)
        {
            Workplace.Frame.Toast(done);
            Workplace.Feed.Refresh();
        }
    }

    private static CommandLine? CommandOf(SettingRow? row) => row?.Kind switch
    {
        Setting.Clock => new CommandLine("appliance", "clock"),
        Setting.Backup => new CommandLine("backup", "create", "FILE"),
        Setting.Retries => new CommandLine("job", "settings"),
        Setting.Multicast => new CommandLine("carousel", "settings"),
        Setting.System => new CommandLine("system", "show"),
        Setting.School => new CommandLine("appliance", "school"),
        Setting.Own => new CommandLine("appliance", "settings"),
        Setting.Notifications => new CommandLine("appliance", "notifications"),
        Setting.Restart => PowerForm.Command(PowerAction.Restart),
        Setting.PowerOff => PowerForm.Command(PowerAction.Off),
        _ => null,
    };

    private static Column<SettingRow>[] Columns() =>
        [new(Words.Settings.ColName, row => row.Name, Most: 40, Least: 20), new(Words.Settings.ColValue, row => row.Value, Most: 60, Least: 10)];
}
