using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Notifications;
using OsDeploy.Api.Personal;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.SetUp;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Jobs;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Daemons;

/// <summary>A body that is right, and where it goes.</summary>
/// <param name="Cases">How many damaged ones a test may send: right passwords cost a tenth of a second each.</param>
internal sealed record TypedBody(ApiRoute Route, byte[] Body, string[] Values, int Cases = TypedBody.Many)
{
    private const int Many = 60;
    private const int Few = 8;

    /// <summary>One for each route that takes JSON.</summary>
    /// <param name="job">A job of the agent that asks.</param>
    public static IReadOnlyList<TypedBody> AllFor(string job) =>
    [
        Of(AgentApi.Hello, new Hello(new string('5', 32), TestRegistry.Laptop(5, 5), SampleJobs.Inventory(SampleJobs.Disk("S5")) with { Devices = [new Device("cpu", "Intel")] }, "test", new string('0', 32))),
        Of(AgentApi.Poll, new Poll(job)),
        Of(AgentApi.Secrets, new SecretsRequest(1, new string('8', 32)), job),
        Of(JoinApi.SetAccount, new JoinAccountChange("joiner", "Neun-Segel"), "school.local"),
        Of(JoinApi.SetOfflineJoin, new OfflineJoinFile([255, 254, 65, 0]), "pc01"),
        Of(AgentApi.RestoreSelf, new OwnRestore(new string('7', 32))),
        Of(
            AgentApi.Report,
            new JobReport(1, new JobProgressView("write", 1, 2, 3.5, "disk"), ["hot"], 1, ["begun"], new JobEnd(JobOutcome.Failed, new JobFault("write", "c", "m", "h"), new JobFigures(1, 2, 3, 4, 5, 6), null)),
            job),
        Of(AccountApi.Login, new LoginRequest("nobody", "nothing-is-right")) with { Cases = Few },
        Of(AccountApi.ChangeOwnPassword, new PasswordChange("nothing-is-right", "Acht-Segel-im-Wind")) with { Cases = Few },
        Of(AccountApi.Add, new NewOperator("carl", Role.RoomOperator, "Neun-Segel-im-Wind", ["r101"])) with { Cases = Few },
        Of(AccountApi.Change, new OperatorChange(Role.Viewer, [], true), "carl"),
        Of(AccountApi.SetPassword, new PasswordChange("nothing-is-right", "Acht-Segel-im-Wind"), "carl") with { Cases = Few },
        Of(AccountApi.AddToken, new NewToken("script"), "carl"),
        Of(AccountApi.AddKey, new NewOperatorKey("laptop", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIM0horFIx7feS6hhWEuRITzDB4WYzz5eGOzsE20brspR carl"), "carl") with { Cases = Few },
        Of(HostApi.Add, new NewHosts([new NewHost(TestRegistry.Mac(77), "pc77", "r101", null, "note", new HostDetails(Ip: "10.0.0.7", WlanMac: "020000000078"))])),
        Of(HostApi.Change, new HostChange("pc01", "r101", "", "note", false, [TestRegistry.Mac(1)], new HostDetails(Owner: "Eva"), [new PartitionOverride(1, 1, "C", Grow: true)], 1), "pc01"),
        Of(HostApi.Import, new HostImport("mac;name\n02:00:00:00:00:63;pc99\n"u8.ToArray(), Apply: true)),
        Of(HostApi.Approve, new Approval(null, "pc98", "r101", null), new string('0', 32)),
        Of(HostApi.AddRoom, new NewRoom("r102", null, "r102-pc##", "note")),
        Of(HostApi.ChangeRoom, new RoomChange("r101", "", "r101-pc##", "note", 1), "r101"),
        Of(HostApi.RenameRoomHosts, new RoomRename("r101-pc{01..30}", Apply: true, "seen"), "r101"),
        Of(ConfigurationApi.Add, new NewConfiguration("win10", "d", DeviceType.FatClient, [new PartitionPlan(1, 1, "C", ProductId: "AAAA-BBBB", Grow: true)], new RemoteStore("https://other.example", new string('a', 64), "t"), 3)),
        Of(ConfigurationApi.Change, new ConfigurationChange("win11", "d", DeviceType.Byod, [new PartitionPlan(1, 1, "C", Use: PartitionUse.Format, Format: "ntfs")], KeepVersions: 2, Rev: 1), "win11"),
        Of(ConfigurationApi.SetMaster, new MasterChange("pc01"), "win11"),
        Of(
            JobApi.Start,
            new BatchRequest(new string('6', 32), JobKind.Hold, new HostSelection(["pc0?"], ["r101"], ["nosuch"]), new JobOptions([1], ManualName: "m", Version: "ab"), SampleJobs.Now, Preview: true, Confirm: 1)),
        Of(JobApi.Pair, new Pairing("lusab babad gutih tugad"), job),
        Of(JobApi.ChooseDisks, new DiskChoice([new DiskBinding(1, "S1", "w", "m", 5)]), job),
        Of(BootApi.Change, new BootSettingsChange(new BootSettings { RangeFirst = "10.0.0.1", Rules = [new BootRule("10.0.0.1", "10.0.0.9")], Models = [new ModelExit("Dell", "")] }, Rev: 9, Preview: true)),
        Of(BootApi.AddBuild, new NewBootBuild("/nonexistent")),
        Of(BootApi.UseBuild, new BootBuildChoice("0123456789abcdef")),
        Of(JobApi.ChangeSettings, new JobSettings(2)),
        Of(NotificationApi.Change, new NotificationSettings(new MailSettings("127.0.0.1", 25, StartTls: false, "a@b.example", ["c@d.example"], "u", "p"), new WebhookSettings("https://b.example/hook", new string('k', 16)))),
        Of(CarouselApi.Join, new CarouselJoin(1, 5000), job),
        Of(CarouselApi.Report, new CarouselReport(1, 2, 3, 4, 5, 6, 1.5, "slow"), job, "0123abcd"),
        Of(CarouselApi.ChangeSettings, new MulticastSettings(MulticastMode.Broadcast, "eth0", Ttl: 2, MostBytesPerSecond: 1_000_000)),
        Of(PersonalApi.SaveTemplate, new TemplateChange("<unattend/>", 0), "Win10No.xml"),
        Of(PersonalApi.RestoreTemplate, new TemplateRestore(0, 0), "Win10No.xml"),
        Of(PersonalApi.Add, new NewAdditions([new NewAddition(PersonalFileKind.Setup, "a/b.cmd", ContentId.Of([1]), 7, 1, 3, new Selector("win11", "r101", "pc*", "pc01", OperatingSystem.Win11, JoinMode.Domain, "Dell*", "Opti*"))])),
        Of(PersonalApi.Change, new AdditionChange("a", ContentId.Of([1]), 7, 1, 3, AnyPartition: true, new Selector("win11"), 1), new string('0', 32)),
        Of(PersonalApi.ChangeSchool, new School("Goethe", "de-DE")),
        Of(BootApi.ChangeNext, new BootNextChange(new HostSelection(["pc0?"], ["r101"], ["win11"]), BootTarget.Menu)),
        Of(MovingApi.Create, new BackupOrder("short")) with { Cases = Few },
        Of(MovingApi.Restore, new RestoreOrder("nothing-is-right", Apply: true), new string('b', 32)) with { Cases = Few },
        Of(MovingApi.Merge, new MergeOrder("nothing-is-right", Apply: true), new string('b', 32)) with { Cases = Few },
        Of(ApplianceApi.Power, new PowerOrder(PowerAction.Restart)),
        Of(SettingsApi.Change, new ApplianceSettings("de", "schule", "Europe/Berlin", new NetworkSettings("eth0", "10.0.0.5/24", "10.0.0.1", ["10.0.0.2"]))),
        Of(SystemApi.FallBack, new SystemFallbackOrder("v1")),
        Of(SystemApi.Update, new SystemUpdateOrder(SystemSource.Medium)),
        Of(ApplianceApi.SetClock, new ClockSetting(SampleJobs.Now)),
        new(StoreApi.KeepLease, JsonSerializer.SerializeToUtf8Bytes(new LeaseRequest(ImageKind.Image, ImageName.Parse("win11")), ApiJson.Default.LeaseRequest), [new string('a', 32)]),
        new(StoreApi.Commit, JsonSerializer.SerializeToUtf8Bytes(new CommitRequest([1, 2, 3], MakeCurrent: true, [4]), ApiJson.Default.CommitRequest), [new string('a', 32)]),
        new(StoreApi.Prune, JsonSerializer.SerializeToUtf8Bytes(new PruneOptions(Now: false, DryRun: true), ApiJson.Default.PruneOptions), []),
        new(StoreApi.Check, JsonSerializer.SerializeToUtf8Bytes(new CheckRequest(), ApiJson.Default.CheckRequest), []),
    ];

    private static TypedBody Of<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, TBody body, params string[] values) =>
        new(route, JsonSerializer.SerializeToUtf8Bytes(body, route.Body!), values);
}
