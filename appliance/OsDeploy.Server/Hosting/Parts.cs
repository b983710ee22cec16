using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Personal;
using OsDeploy.Images.Folder;
using OsDeploy.Personalisation;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Api;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Boot;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Health;
using OsDeploy.Server.Hooks;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Images;
using OsDeploy.Server.Jobs;
using OsDeploy.Server.Moving;
using OsDeploy.Server.Multicast;
using OsDeploy.Server.Notifications;
using OsDeploy.Server.Personalisation;
using OsDeploy.Server.Secrets;
using OsDeploy.SetUp;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Hosting;

/// <summary>Everything the daemon is made of, put together in one place.</summary>
internal sealed class Parts : IDisposable
{
    private const int PasswordIterations = 600_000; // OWASP, Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256

    // Of the console on the appliance's own screens (iso/appliance/overlay/usr/lib/sysusers.d).
    private const string ScreenUser = "osdeploy-console";

    private const string Copies = "backups";

    private readonly DocumentStore _documents;
    private readonly FolderImageStore _store;
    private readonly SecretBox _secrets;
    private readonly SchoolBook _school;
    private readonly AuditLog _audit;
    private readonly Alarms _alarms;
    private readonly MovingDesk _moving;

    private Parts(DaemonOptions options, ApplianceKey key, DocumentStore documents, FolderImageStore store, SecretBox secrets, TimeProvider time, ILoggerFactory logs, Action restart, CancellationToken stopping)
    {
        (Key, _documents, _store, _secrets) = (key, documents, store, secrets);
        Name = new ApplianceName(options.Name, key.Fingerprint);
        var events = new EventHub(documents);
        var alarms = _alarms = new Alarms(documents, time);
        var audit = _audit = new AuditLog(documents, time);
        var board = new JobBoard(documents, time);

        var passwords = new Passwords(PasswordIterations);
        Operators = new Operators(documents, audit, passwords);
        var sessions = new Sessions(documents, time);
        var authenticator = new Authenticator(Operators, sessions);

        var edges = new RegistryEdges(
            audit.Append, text => secrets.Seal(text, SecretPurposes.Registry), text => secrets.Open(text, SecretPurposes.Registry), host => board.ActiveOf(host)?.Id, Operators.RenameRoom,
            version => board.UserOf(version) is not null);
        var registry = new Registry(documents, edges, time);
        var presence = new Presence(time);
        var hosts = new HostRegistry(registry, presence);
        var meetings = new HostMeetings(registry, presence);
        var configurations = new ConfigurationRegistry(registry, store);
        var stores = new ImageStores(store, configurations, time);

        var joinEdges = edges with { Seal = text => secrets.Seal(text, SecretPurposes.Join), Open = text => secrets.Open(text, SecretPurposes.Join) };
        var (accounts, offline) = (new JoinAccounts(documents, joinEdges, time), new OfflineJoins(registry));
        var secretDesk = new SecretDesk(documents, hosts, configurations, accounts, offline, alarms, audit, time);

        var wake = new WakeOnLan(hosts, time);
        var contents = new ContentStore(new ContentFolder(Path.Combine(options.Data, "contents")), time);
        var additions = new AdditionRegistry(documents, registry, contents);
        var (templates, school) = (new TemplateBook(documents, time), new SchoolBook(documents));
        _school = school;
        var planner = new BatchPlanner(hosts, configurations, board, stores, new JoinOutlook(accounts, offline), () => new PersonalityMaker(additions, templates, school.Current, contents));
        var hooks = new BatchHooks(new HookFolder(Path.Combine(options.Data, "hooks"), time), board, alarms, time, logs.CreateLogger<BatchHooks>());
        var starter = new BatchStarter(hosts, planner, board, wake, hooks, audit, time);
        var agents = new AgentBook(documents, agent => board.RunningOf(agent) is not null);
        var pairings = new Pairings(agents, configurations, key.Fingerprint, events, audit, time);
        var jobs = new JobDesk(board, hosts, planner, stores, wake, pairings, audit, time);

        var binder = new JobBinder(board, stores, time);
        var jobSettings = new JobSettingsBook(documents);
        var retries = new JobRetries(board, jobSettings, alarms, time);
        var ends = new JobEnds(stores, configurations, retries, secretDesk, time);
        var claims = new ClaimTokens(secrets.KeyFor(SecretPurposes.Claims));
        var desk = new AgentDesk(agents, hosts, new Introductions(agents, meetings, documents), stores, board, binder, ends, claims, pairings, alarms, events, audit, time);

        Boot = new BootParts(options, Name, documents, new BootNeighbourhood(hosts, meetings, configurations, board, claims, agents, jobs, name => Operators.Table.Find(name)?.Password), passwords, alarms, audit, events, time, logs);

        var leases = new CaptureLeases(store, time, logs.CreateLogger<CaptureLeases>());
        _ = leases.SweepAsync(stopping); // runs as long as the daemon and reports its own failures
        var streams = new MulticastSettingsBook(documents);
        var carousels = new CarouselHall(store, board, () => streams.Current, time, logs.CreateLogger<CarouselHall>());
        var scrubber = new Scrubber(store, board, alarms, documents, time, logs.CreateLogger<Scrubber>());
        var status = new StatusDesk(Name, hosts, meetings, board, jobSettings, store, scrubber, documents, alarms, () => Boot.Service, time);
        var health = new HealthWatch(
            new HealthLook(EdgesOf(options, key, documents, scrubber), new SystemReader(), new HelperClient(options.HelperSocket, time), time).RunAsync, alarms, time, logs.CreateLogger<HealthWatch>());
        var notifications = new NotificationBook(documents, text => secrets.Seal(text, SecretPurposes.Notifications), text => secrets.Open(text, SecretPurposes.Notifications));
        var notifier = new Notifier(options.Name, notifications, alarms, board, documents, time, logs.CreateLogger<Notifier>());
        Background =
        [
            new JobClock(board, hosts, wake, retries, host => pairings.Of(host).Count > 0, alarms, time, logs.CreateLogger<JobClock>()),
            scrubber,
            new NightlyBackup(documents, Path.Combine(options.Data, Copies), alarms, time, logs.CreateLogger<NightlyBackup>()),
            Boot.Keeper,
            health,
            notifier,
            carousels,
            hooks,
            new QuerierKeeper(streams, () => Boot.Card, new HelperClient(options.HelperSocket, time), alarms, time, logs.CreateLogger<QuerierKeeper>()),
            new ContentKeeper(contents, additions, board, time, logs.CreateLogger<ContentKeeper>()),
            .. MirrorOf(options, documents, alarms, time, logs),
        ];

        var table = new HandlerTable();
        var logins = new Logins(Operators, sessions, passwords, new LoginLimiter(time), audit, new FailureLines(time), time);
        new AccountHandlers(logins, Operators, new OperatorTokens(documents, Operators, audit, time), new OperatorKeys(documents, Operators, audit, time), audit).Map(table);
        new LocalHandlers(
            logins, Operators, audit, Mono.Unix.Native.Syscall.getpwnam(ScreenUser)?.pw_uid, cancel => new HelperClient(options.HelperSocket, time).CallAsync(new EmergencyShellRequest(), cancel)).Map(table);
        new HostHandlers(hosts, new RoomRegistry(registry), meetings, new HostImports(registry), new HostRenames(registry), () => agents.Waiting.ToDictionary(one => one.Key, one => PairingWords.OfHash(one.Value.NonceHash, key.Fingerprint))).Map(table);
        new ConfigurationHandlers(configurations).Map(table);
        new JobHandlers(starter, jobs, board, jobSettings, hosts, audit, Boot.Watch.Retried).Map(table);
        new MulticastSettingsHandlers(streams, audit).Map(table);
        new AgentHandlers(desk, new MachineDesk(Name, agents, hosts, configurations, stores, starter, board), new HelloLimiter(time), Boot.Watch, options.AllowLab).Map(table);
        new CarouselHandlers(carousels, desk, jobs, board, audit).Map(table);
        new ContentHandlers(contents, desk.JobOf).Map(table);
        new SecretHandlers(accounts, offline, secretDesk, desk).Map(table);
        new PersonalHandlers(new TemplateDesk(templates, audit), additions, contents, school, audit).Map(table);
        new StoreHandlers(store, leases, new AgentStoreRights(desk.JobOf), new StoreUse(board.UserOf, board.Reader), version => events.Publish("version", version.ToString())).Map(table);
        new ApplianceHandlers(
            status,
            new EventStream(events, who => authenticator.IsValid(who), time),
            alarms,
            new VersionComparer(store),
            new StoredVersions(store),
            documents,
            audit,
            host => hosts.FindById(host)?.Room,
            stopping).Map(table);
        _moving = Moving(options, registry, new MovedParts(board, templates, contents, restart), time, table);
        new SystemHandlers(new HelperClient(options.HelperSocket, time), UploadOf(options), audit.Append).Map(table);
        new HealthHandlers(health).Map(table);
        new NotificationHandlers(notifications, notifier, audit).Map(table);
        new PowerHandlers(new PowerDesk(options.HelperSocket, time, audit.Append)).Map(table);
        Settings = new SettingsDesk(options.Data, options.SocketPath + ".trial", new HelperClient(options.HelperSocket, time), audit.Append, Boot.Move, time, logs.CreateLogger<SettingsDesk>());
        new SettingsHandlers(Settings).Map(table);
        new SupportBundle(
            SupportParts.Of(new SupportSources(status, health, Boot.Handlers, Settings, board, jobs, audit, documents, new HelperClient(options.HelperSocket, time), options.HelperSocket)), audit, time).Map(table);
        Boot.Handlers.Map(table);
        Gate = new Gate(
            table,
            token => token.StartsWith(AgentBook.TokenPrefix, StringComparison.Ordinal)
                ? agents.ByToken(token) is { } agent ? new AgentCaller(agent.Id) : null
                : authenticator.Authenticate(token),
            logs.CreateLogger<Gate>());
    }

    public ApplianceKey Key { get; }

    public ApplianceName Name { get; }

    public Operators Operators { get; }

    public Gate Gate { get; }

    public BootParts Boot { get; }

    public SettingsDesk Settings { get; }

    public IReadOnlyList<BackgroundService> Background { get; }

    /// <summary>Keeps the first settings of a new appliance.</summary>
    /// <exception cref="UserErrorException">Those of the settings.</exception>
    public void Take(FirstSettings first, string by)
    {
        Boot.Take(first, by);
        _school.Write(new School(first.School), school => _audit.Append("appliance", "school", "the school", school.Name ?? "no name"));
    }

    /// <exception cref="UserErrorException">What keeps the data from being opened.</exception>
    /// <param name="restart">Has the daemon end, and start anew.</param>
    public static Parts Open(DaemonOptions options, ApplianceKey key, TimeProvider time, ILoggerFactory logs, Action restart, CancellationToken stopping)
    {
        var documents = DocumentStore.Open(Path.Combine(options.Data, "documents.db"), [], time);
        SecretBox? secrets = null;
        FolderImageStore? store = null;
        try
        {
            secrets = SecretBox.Open(Path.Combine(options.Data, "secret.key"), documents);
            store = FolderImageStore.OpenForDaemon(Path.Combine(options.Data, "store"), "unix:" + options.SocketPath, create: true, time);
            TakeVersions(options.Data, store);
            return new Parts(options, key, documents, store, secrets, time, logs, restart, stopping);
        }
        catch
        {
            store?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            secrets?.Dispose();
            documents.Dispose();
            throw;
        }
    }

    // Of a restore. Done twice it does nothing; cut short, the next start goes on.
    private static void TakeVersions(string data, FolderImageStore store)
    {
        var folder = Path.Combine(data, PendingRestore.Versions);
        if (Directory.Exists(folder))
        {
            new VersionAdoption(folder, store).AdoptAllAsync(CancellationToken.None).GetAwaiter().GetResult();
            Directory.Delete(folder, recursive: true);
        }
    }

    private MovingDesk Moving(DaemonOptions options, Registry registry, MovedParts of, TimeProvider time, HandlerTable table)
    {
        var additions = _documents.GetCollection("addition", ApiJson.Default.Addition, addition => addition.Id);
        var accounts = _documents.GetCollection("join_account", ApiJson.Default.JoinAccount, account => account.Domain.ToUpperInvariant());
        var place = new MovingPlace(options.Data, () => options.Name, StatusDesk.Program, Key.Fingerprint.Words, () => new BackupCounts(
            registry.Hosts.Count(), registry.Rooms.Count(), registry.Configurations.Count(), _store.ListAsync(CancellationToken.None).GetAwaiter().GetResult().Count,
            of.Templates.EditedCount, additions.Count(), Operators.List().Count));
        var desk = new MovingDesk(place, _store, _secrets, of.Board, _audit, time);
        var merges = new MergeDesk(new MergePlace(registry, accounts, of.Templates, additions, of.Contents, _store), _secrets, _audit);
        new MovingHandlers(desk, merges, new BackupMaker(_documents, _store, options.Data, time), place, _audit, of.Restart).Map(table);
        return desk;
    }

    /// <summary>Closes what is open, the documents last.</summary>
    public async ValueTask CloseAsync()
    {
        await _store.DisposeAsync();
        Dispose();
    }

    /// <summary>What was restored could not be opened, and everything is as before.</summary>
    public void SayTakenBack(UserErrorException why) => _alarms.Raise(
        "restore-taken-back", $"The restore of a backup was taken back: {why.Message}", "The documents are those from before. Take another backup.", host: null, job: null);

    private static SystemUploadFile UploadOf(DaemonOptions options)
    {
        var upload = new SystemUploadFile(options.Data);
        upload.Delete();
        return upload;
    }

    private HealthEdges EdgesOf(DaemonOptions options, ApplianceKey key, DocumentStore documents, Scrubber scrubber) => new(
        options.Data,
        Path.Combine(options.Data, Copies),
        options.MirrorsOperators,
        (key.Certificate.NotBefore, key.Certificate.NotAfter),
        () => Boot.Service,
        () => documents.IsOnReserve,
        () => scrubber.FinishedAt,
        async cancel => (await _store.ListAsync(cancel)).Count);

    private IEnumerable<BackgroundService> MirrorOf(DaemonOptions options, DocumentStore documents, Alarms alarms, TimeProvider time, ILoggerFactory logs) => options.MirrorsOperators
        ? [new OperatorMirror(Operators, new OperatorUids(documents, Operators), new HelperClient(options.HelperSocket, time), alarms, time, logs.CreateLogger<OperatorMirror>())]
        : [];

    public void Dispose()
    {
        Settings.Dispose();
        _moving.Dispose();
        Operators.Dispose();
        Boot.Dispose();
        _secrets.Dispose();
        _documents.Dispose();
        Key.Dispose();
        foreach (var service in Background)
        {
            service.Dispose();
        }
    }
}

/// <summary>What a backup needs of the other parts.</summary>
internal sealed record MovedParts(JobBoard Board, TemplateBook Templates, ContentStore Contents, Action Restart);

/// <summary>What secrets are sealed for: one sealed for one purpose opens for no other.</summary>
internal static class SecretPurposes
{
    public const string Registry = "registry";
    public const string Claims = "claims";
    public const string Join = "join";
    public const string Notifications = "notifications";
}
