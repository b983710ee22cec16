using OsDeploy.Api.Appliance;
using OsDeploy.Cli.Verbs.Accounts;
using OsDeploy.Cli.Verbs.Additions;
using OsDeploy.Cli.Verbs.Appliance;
using OsDeploy.Cli.Verbs.Boot;
using OsDeploy.Cli.Verbs.Carousels;
using OsDeploy.Cli.Verbs.Configurations;
using OsDeploy.Cli.Verbs.Hosts;
using OsDeploy.Cli.Verbs.JoinAccounts;
using OsDeploy.Cli.Verbs.Jobs;
using OsDeploy.Cli.Verbs.Moving;
using OsDeploy.Cli.Verbs.Rooms;
using OsDeploy.Cli.Verbs.Systems;
using OsDeploy.Cli.Verbs.Templates;

namespace OsDeploy.Cli.Verbs;

/// <summary>Words that hold the verbs of an appliance.</summary>
internal static class ServerGroups
{
    public static IEnumerable<System.CommandLine.Command> All(Session session) =>
    [
        new LoginVerb(session),
        new LogoutVerb(session),
        new StatusVerb(session),
        Host(session),
        Room(session),
        Config(session),
        JoinAccount(session),
        Template(session),
        Addition(session),
        Job(session),
        Carousel(session),
        Boot(session),
        User(session),
        Alarm(session),
        new AuditVerb(session),
        Backup(session),
        Store(session),
        Appliance(session),
        SystemGroup(session),
    ];

    private static System.CommandLine.Command Host(Session session) => new("host", "Register computers, and look after them.")
    {
        new HostListVerb(session),
        new HostShowVerb(session),
        new HostAddVerb(session),
        new HostSetVerb(session),
        new HostDeleteVerb(session),
        new HostImportVerb(session),
        new HostExportVerb(session),
        new HostApproveVerb(session),
        new HostRejectVerb(session),
        new HostOfflineJoinVerb(session),
        new HostRenameVerb(session),
    };

    private static System.CommandLine.Command Room(Session session) => new("room", "Look after the rooms that hosts stand in.")
    {
        new RoomListVerb(session),
        new RoomAddVerb(session),
        new RoomSetVerb(session),
        new RoomDeleteVerb(session),
    };

    private static System.CommandLine.Command Config(Session session) => new("config", "Look after configurations: hosts that share one image.")
    {
        new ConfigListVerb(session),
        new ConfigShowVerb(session),
        new ConfigAddVerb(session),
        new ConfigSetVerb(session),
        new ConfigMasterVerb(session),
        new ConfigAdminPasswordVerb(session),
        new ConfigDeleteVerb(session),
    };

    private static System.CommandLine.Command JoinAccount(Session session) => new("join-account", "Look after the accounts with which hosts join domains.")
    {
        new JoinAccountListVerb(session),
        new JoinAccountSetVerb(session),
        new JoinAccountDeleteVerb(session),
    };

    private static System.CommandLine.Command Template(Session session) => new("template", "Look after the answer files with which Windows sets itself up after a restore.")
    {
        new TemplateListVerb(session),
        new TemplateShowVerb(session),
        new TemplateSaveVerb(session),
        new TemplateEditVerb(session),
        new TemplateHistoryVerb(session),
        new TemplateRestoreVerb(session),
        new TemplateCheckVerb(session),
        new TemplateOriginalVerb(session),
    };

    private static System.CommandLine.Command Addition(Session session) => new("addition", "Give hosts files besides their image: scripts, registry files, drivers, printers.")
    {
        new AdditionListVerb(session),
        new AdditionShowVerb(session),
        new AdditionAddVerb(session),
        new AdditionSetVerb(session),
        new AdditionDeleteVerb(session),
    };

    private static System.CommandLine.Command Job(Session session) => new("job", "Start work on hosts, watch it, stop it.")
    {
        new JobStartVerb(session),
        new JobListVerb(session),
        new JobShowVerb(session),
        new JobWatchVerb(session),
        new JobCancelVerb(session),
        new JobRetryVerb(session),
        new JobDiskVerb(session),
        new JobPairVerb(session),
        new JobBatchesVerb(session),
        new JobSettingsVerb(session),
    };

    private static System.CommandLine.Command Carousel(Session session) => new("carousel", "Look after the streams that serve many hosts at once.")
    {
        new CarouselListVerb(session),
        new CarouselStartVerb(session),
        new CarouselStopVerb(session),
        new CarouselSettingsVerb(session),
    };

    private static System.CommandLine.Command Boot(Session session) => new("boot", "Let computers start over the network.")
    {
        new BootStatusVerb(session),
        new BootSettingsVerb(session),
        new BootSetVerb(session),
        new BootShowVerb(session),
        new BootNextVerb(session),
        new BootHistoryVerb(session),
        new BootRetryVerb(session),
        new System.CommandLine.Command("builds", "Look after the client builds that computers start from.")
        {
            new BootBuildListVerb(session),
            new BootBuildAddVerb(session),
            new BootBuildUseVerb(session),
            new BootBuildDeleteVerb(session),
        },
    };

    private static System.CommandLine.Command User(Session session) => new("user", "Look after the accounts of operators.")
    {
        new UserListVerb(session),
        new UserAddVerb(session),
        new UserSetVerb(session),
        new UserDeleteVerb(session),
        new UserPasswordVerb(session),
        new UserTokenVerb(session),
        new System.CommandLine.Command("key", "Look after the public keys with which an account logs in over SSH.")
        {
            new UserKeyAddVerb(session),
            new UserKeyListVerb(session),
            new UserKeyDeleteVerb(session),
        },
    };

    private static System.CommandLine.Command Alarm(Session session) => new("alarm", "What an operator must look at.")
    {
        new AlarmListVerb(session),
        new AlarmDismissVerb(session),
    };

    private static System.CommandLine.Command Backup(Session session) => new("backup", "Back up everything but the chunks of images, restore it, or merge another appliance's.")
    {
        new BackupCreateVerb(session),
        new BackupRestoreVerb(session),
        new BackupMergeVerb(session),
    };

    private static System.CommandLine.Command Store(Session session) => new("store", "Move images with all their chunks from house to house.")
    {
        StoreMoveVerb.Export(session),
        StoreMoveVerb.Import(session),
    };

    private static System.CommandLine.Command Appliance(Session session) => new("appliance", "The appliance itself: power, clock, network and name, its volume, and what it says of the school.")
    {
        new PowerVerb(session, PowerAction.Restart),
        new PowerVerb(session, PowerAction.Off),
        new ClockVerb(session),
        new SchoolVerb(session),
        new ApplianceSettingsVerb(session),
        NetworkTrialVerb.Keep(session),
        NetworkTrialVerb.Undo(session),
        new GrowVerb(session),
        new HealthVerb(session),
        new NotificationsVerb(session),
        new SupportBundleVerb(session),
    };

    private static System.CommandLine.Command SystemGroup(Session session) => new("system", "Versions of the appliance's own system: which one runs, a newer one, the one before.")
    {
        new SystemShowVerb(session),
        new SystemUpdateVerb(session),
        new SystemFallbackVerb(session),
        new SystemInstallVerb(session),
        new SystemSettleVerb(session),
    };
}
