using OsDeploy.Api.Appliance;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Notifications;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Additions;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Domains;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Console.Rooms;
using OsDeploy.Screens.Console.Templates;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.SetUp;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>One of each form of the console, filled as somebody would.</summary>
internal static class EveryForm
{
    private static readonly IReadOnlyList<BootBuild> s_builds = [new("0123456789abcdef", "6.12.57+deb13-amd64", 53 << 20, SampleSchool.Now, IsCurrent: true, "it is the current one"), new("fedcba9876543210", "6.12.48+deb13-amd64", 53 << 20, SampleSchool.Now, IsCurrent: false, null)];

    private static readonly BootSettings s_settings = new()
    {
        Mode = BootMode.Dhcp,
        Interface = "eth0",
        RangeFirst = "10.0.0.100",
        RangeLast = "10.0.0.200",
        Router = "10.0.0.1",
        MenuPassword = Secret.Mask,
        Rules = [new BootRule("10.0.5.1", "10.0.5.9", "0123456789abcdef")],
        Models = [new ModelExit("Dell", "OptiPlex", BiosExit.Exit, UefiExit.Windows)],
    };

    private static readonly JoinAccount s_account = new("school.local", "joiner", Secret.Mask, "operator:anna", SampleSchool.Now);

    private static readonly AdditionView s_addition = new(
        new Addition { Id = "0123456789abcdef", Kind = OsDeploy.Personalisation.PersonalFileKind.Registry, Path = "proxy.reg", Content = default, Size = 812, For = new Selector(Room: "r101"), ChangedBy = "operator:anna", ChangedAt = SampleSchool.Now }, 1);

    private static readonly ApplianceSettingsView s_own = new(
        new ApplianceSettings("de", "osdeploy", "Europe/Berlin", new NetworkSettings("eth0")), [new NetworkCard("eth0", "52:54:00:00:00:01", "10.0.0.7/24", "10.0.0.1", ["10.0.0.2"], IsUp: true)]);

    private static readonly NotificationSettings s_told = new(
        new MailSettings("mail.school.example", 587, StartTls: true, "osdeploy@school.example", ["it@school.example"], "osdeploy", Secret.Mask), new WebhookSettings("https://chat.school.example/hook", Secret.Mask));

    private static Snapshot Now => SampleSchool.Small;

    public static IReadOnlyList<string> Names => [.. All().Select(form => form.Name)];

    public static FormModel Of(string name) => All().First(form => form.Name == name).Form;

    private static IEnumerable<(string Name, FormModel Form)> All()
    {
        var context = SampleSchool.ContextOf(Now);
        var rows = SampleSchool.ListOf(Now).Rows;
        var win11 = Now.Configuration("win11")!;
        yield return ("host", Filled(new HostForm(context, Now.Hosts["h2"]).Model, ("name", "new name"), ("room", "r102"), ("notes", "it's \"old\"; $HOME"), ("macs", "52:54:00:12:34:56")));
        yield return ("hosts", Filled(new HostsForm(context, [Now.Hosts["h1"], Now.Hosts["h2"]]).Model, ("room", ""), ("configuration", "linux"), ("blocked", "yes")));
        yield return ("host details", Filled(new HostDetailsForm(context, Now.Hosts["h2"]).Model, ("owner", "library, 2nd floor"), ("wlanmac", "52:54:00:12:34:58")));
        yield return ("host export", new HostExportForm(context, DateTimeOffset.UnixEpoch).Model);
        yield return ("own plan", Filled(new OwnPlanForm(context, Now.Hosts["h2"], win11.Configuration.Partitions[0]).Model, ("join", "Simple"), ("grow", "no"), ("description", "a, b")));
        yield return ("host delete", new HostDeletion(context, rows).Model);
        yield return ("mac", Filled(new MacRegistration(context).Model, ("macs", "52:54:00:12:34:56"), ("room", "r101"), ("name", "teacher"), ("notes", "n")));
        yield return ("copy", Filled(new MacRegistration(context, Now.Hosts["h5"].Host).Model, ("macs", "52:54:00:12:34:56\n5254.0012.3457")));
        yield return ("room add", Filled(new RoomForm(context).Model, ("name", "r 103"), ("configuration", "win11"), ("pattern", "r3-##"), ("notes", "x")));
        yield return ("room set", Filled(new RoomForm(context, Now.Rooms[0]).Model, ("configuration", ""), ("pattern", "r3-##")));
        yield return ("host join", Filled(JoinForm.Of(context, Now.Hosts["h2"]), ("domain", "-"), ("ou", "OU=B\\, 1,DC=school"), ("workgroup", "ROOM 1")));
        yield return ("config join", Filled(JoinForm.Of(context, win11), ("domain", "school.local"), ("admin-password", "typed")));
        yield return ("join account", Filled(new JoinAccountForm(context, null).Model, ("domain", "school.local"), ("user", "joiner"), ("password", "typed"), ("again", "typed")));
        yield return ("join account set", Filled(new JoinAccountForm(context, s_account).Model, ("user", "other")));
        yield return ("join account delete", JoinAccountDeletion.Of(context, s_account));
        yield return ("addition", Filled(new AdditionForm(context, null).Model, ("file", "/root/map drives.cmd"), ("room", "r101"), ("names", "r101-*"), ("model", "OptiPlex 7*")));
        yield return ("addition set", Filled(new AdditionForm(context, s_addition).Model, ("configuration", "win11"), ("order", "20")));
        yield return ("addition delete", AdditionDeletion.Of(context, s_addition.Addition));
        foreach (var (page, i) in new RoomRenameWizard(context, Now.Rooms[0].Room).Model.Pages.Select((page, i) => (page.Form, i)))
        {
            yield return ($"import names {i}", Filled(page, ("scheme", "r1-pc{01..30}")));
        }

        yield return ("room delete", new RoomDeletion(context, Now.Rooms[0]).Model);
        yield return ("config add", Filled(new ConfigurationForm(context).Model, ("name", "lab"), ("description", "two systems"), ("type", "Server"), ("keep", "3")));
        yield return ("config remote", Remote(context, win11));
        yield return ("config master", Filled(new MasterForm(context, win11).Model, ("host", "r101-pc02")));
        yield return ("plan", Filled(new PlanForm(context, win11, win11.Configuration.Partitions[0]).Model, ("os", "Win10"), ("join", "Simple"), ("product-id", "ABC-1")));
        yield return ("plan data", Filled(new PlanForm(context, win11, new PartitionPlan(2, 1)).Model, ("use", "Format"), ("format", "ext4"), ("description", "pupils, all")));
        yield return ("config delete", new ConfigurationDeletion(context, ConfigurationList.Of(Now, rows)[0]).Model);
        yield return ("current", VersionActions.MakeCurrent(context, Now.Versions[0]));
        yield return ("current manual", VersionActions.MakeCurrent(context, Now.Versions[2]));
        yield return ("boot host", Filled(OwnBootForm.Of(context, Now.Hosts["h2"], s_builds).Model, ("build", s_builds[0].Id), ("menu", "Always"), ("no-shell", "no"), ("sleep", "7"), ("kernel", "nomodeset a=b")));
        yield return ("boot config", Filled(OwnBootForm.Of(context, SampleSchool.Starting(win11), s_builds).Model, ("loader", ""), ("uefi", "Fallback"), ("kernel", "")));
        yield return ("retries", Filled(OsDeploy.Screens.Console.Settings.RetriesForm.Of(context, new JobSettings(1)), ("retries", "3")));
        yield return ("multicast", Filled(new OsDeploy.Screens.Console.Settings.MulticastForm(context, new MulticastSettings()).Model, ("interface", "eth1"), ("group", "239.255.1.0"), ("port", "9100"), ("ttl", "3"), ("limit", "60 mb"), ("querier", "yes")));
        yield return ("multicast broadcast", Filled(new OsDeploy.Screens.Console.Settings.MulticastForm(context, new MulticastSettings(Interface: "eth1", MostBytesPerSecond: 60_000_000)).Model, ("mode", "Broadcast"), ("interface", ""), ("limit", "")));
        yield return ("system update", Filled(SystemFormOf(context), ("what", "update"), ("confirm", "restart")));
        yield return ("system fallback", Filled(SystemFormOf(context), ("what", "fallback"), ("confirm", "restart")));
        yield return ("school", Filled(OsDeploy.Screens.Console.Settings.SchoolForm.Of(context, new School()), ("name", "Goethe-Schule \"am Ring\""), ("language", "de-DE")));
        yield return ("own", Filled(new OsDeploy.Screens.Console.Settings.ApplianceForm(context, s_own).Model, ("way", "fixed"), ("address", "10.0.0.5/24"), ("gateway", "10.0.0.1"), ("dns", "10.0.0.2 10.0.0.3"), ("name", "schule"), ("zone", "Europe/Paris"), ("language", "fr"), ("keyboard", "ch")));
        yield return ("shell", Filled(OsDeploy.Screens.Console.Settings.ShellForm.Of(context), ("password", "typed")));
        yield return ("notifications", Filled(new OsDeploy.Screens.Console.Settings.NotificationForm(context, new NotificationSettings()).Model, ("server", "mail.school.example"), ("port", "25"), ("starttls", "no"), ("from", "osdeploy@school.example"), ("to", "it@school.example, boss@school.example"), ("user", "osdeploy"), ("password", "typed"), ("webhook", "https://chat.school.example/hook?a=b"), ("key", "typed-typed-typed")));
        yield return ("notifications off", Filled(new OsDeploy.Screens.Console.Settings.NotificationForm(context, s_told).Model, ("server", ""), ("webhook", "")));
        yield return ("template", TemplateForm.Of(context, new TemplateText(new TemplateView("Win10No.xml", IsEdited: false, null, null, 0), "<unattend/>")));
        yield return ("template return", TemplateReturn.Of(context, new TemplateText(new TemplateView("Win10No.xml", IsEdited: true, "anna", SampleSchool.Now, 4), "a\nb"), "a\nc", 2));
        yield return ("boot next", Filled(new NextStartForm(context, [Now.Hosts["h1"].Host, Now.Hosts["h3"].Host]).Model, ("to", "Disk")));
        yield return ("boot next usual", Filled(new NextStartForm(context, [Now.Hosts["h1"].Host]).Model, ("to", "")));
        yield return ("boot build", Filled(new BuildAddition(context).Model, ("folder", "/srv/client current")));
        yield return ("pair", Filled(new PairForm(context, [SampleSchool.Unpaired(Now.Jobs.Values.First())]).Model, ("1-0", "yes")));
        yield return ("stream start", StreamActions.Start(context, SampleSchool.Stream("0000001", CarouselState.Gathering)));
        yield return ("stream stop", StreamActions.Stop(context, SampleSchool.Stream("0000001", CarouselState.Sending)));
        yield return ("cancel", JobActions.Cancel(context, [.. Now.Jobs.Values]));
        yield return ("retry", JobActions.Retry(context, [.. Now.Jobs.Values]));
        foreach (var form in Wizards(context, rows).SelectMany(wizard => wizard.Model.Pages.Select((page, i) => ($"{wizard.Name} {i}", page.Form))))
        {
            yield return form;
        }
    }

    private static IEnumerable<(string Name, WizardModel Model)> Wizards(ConsoleContext context, IReadOnlyList<HostRow> rows)
    {
        yield return ("boot service", FilledIn(new ServiceForm(context, new BootSettingsView(new BootSettings(), 0), SampleSchool.Boot).Draft.Model, ("mode", "Dhcp"), ("interface", "eth1"), ("first", "10.0.0.100"), ("last", "10.0.0.200"), ("router", "10.0.0.1"), ("dns", "10.0.0.1 10.0.0.2"), ("lease", "90")));
        yield return ("boot service off", FilledIn(new ServiceForm(context, new BootSettingsView(s_settings, 1), SampleSchool.Boot).Draft.Model, ("mode", "Off"), ("router", "")));
        yield return ("boot options", FilledIn(new OptionsForm(context, new BootSettingsView(s_settings, 1), s_builds).Draft.Model, ("unknown", "Menu"), ("seconds", "20"), ("password", "Segel2026x"), ("keep", "5"), ("menu", "OnKey"), ("bios", "SecondDisk"), ("vlan", "12"), ("contrast", "yes")));
        yield return ("boot hosts", FilledIn(new HostsBootForm(context, [Now.Hosts["h1"], SampleSchool.Starting(Now.Hosts["h2"]), Now.Hosts["h3"]], s_builds).Model, ("language", "fr"), ("loader", ""), ("sleep", "7"), ("kernel", "nomodeset")));
        yield return ("boot exceptions", FilledIn(new ExceptionsForm(context, new BootSettingsView(s_settings, 1)).Draft.Model, ("rules", "10.0.0.7\n10.0.5.1-10.0.5.9:unknown=disk"), ("models", "Dell/OptiPlex 7010:bios=second-disk")));
        yield return ("register", new Registration(context, Now.Pending).Model);
        yield return ("import", new HostImportWizard(context).Model);
        foreach (var kind in Enum.GetValues<JobKind>())
        {
            var wizard = new JobWizard(context, JobTarget.OfRoom("r101", rows), TimeProvider.System, kind).Model;
            foreach (var page in wizard.Pages)
            {
                Filled(page.Form, ("partitions", "3"), ("name", "office-c"), ("image", "office-c"), ("at", "2099-01-01 22:30"));
                foreach (var check in page.Form.Asked.OfType<CheckEntry>())
                {
                    check.Value = true;
                }
            }

            yield return ($"job {kind}", wizard);
        }

        foreach (var way in new[] { "wait", "unicast" })
        {
            yield return ($"job restore {way}", FilledIn(new JobWizard(context, JobTarget.OfRoom("r101", rows), TimeProvider.System, JobKind.Restore).Model, ("transfer", way), ("wait-hosts", "2"), ("wait-seconds", "0"), ("or-abort", "yes"), ("limit", "30 mb")));
        }

        yield return ("job asked", new JobWizard(context, JobTarget.Of(rows), TimeProvider.System).Model);
        yield return ("job of configuration", new JobWizard(context, JobTarget.OfConfiguration("win11", rows), TimeProvider.System, JobKind.Restore).Model);
    }

    private static WizardModel FilledIn(WizardModel wizard, params (string Id, string Value)[] answers)
    {
        foreach (var page in wizard.Pages)
        {
            Filled(page.Form, answers);
        }

        return wizard;
    }

    private static FormModel Remote(ConsoleContext context, ConfigurationView view)
    {
        var form = new ConfigurationForm(context, view).Model;
        form.Get<CheckEntry>("remote").Value = true;
        form.Get<SecretEntry>("token").Value = "secret";
        return Filled(form, ("url", "https://main:7443"), ("pin", new string('a', 64)));
    }

    private static FormModel SystemFormOf(ConsoleContext context) => new OsDeploy.Screens.Console.Settings.SystemForm(
        new OsDeploy.Screens.Console.Settings.SystemChange(context, TimeProvider.System),
        new SystemState(SystemPlace.Disk, "v1.2", true, [new SystemSlot("a", 1, true, true, false, "v1.2"), new SystemSlot("b", 1, true, false, true, "v1.1")], "a")).Model;

    private static FormModel Filled(FormModel form, params (string Id, string Value)[] answers)
    {
        foreach (var (id, value) in answers)
        {
            switch (form.Fields.FirstOrDefault(field => field.Id == id))
            {
                case TextEntry text:
                    text.Value = value;
                    break;
                case ChoiceEntry choice:
                    choice.Value = value;
                    break;
                case CheckEntry check:
                    check.Value = value == "yes";
                    break;
                case NumberEntry number:
                    number.Text = value;
                    break;
                case SecretEntry secret:
                    secret.Value = value;
                    break;
            }
        }

        return form;
    }
}
