using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Personal;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Templates;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Moving;

/// <summary>An appliance with something of everything, and what is done with its backup.</summary>
internal static class MovedSchool
{
    public const string KeyPassword = "Elf-Segel-im-Sturm";
    public const string ProductKey = JoiningSchool.ProductKey;
    public const string HookText = "#!/bin/sh\nexit 0\n";

    public static SampleImage Image { get; } = SampleImage.Of([1, 2, 3]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task PrepareAsync(TestDaemon daemon)
    {
        await JoiningSchool.PrepareAsync(daemon); // host pc01, configuration lab, its image, a join account
        await JoiningSchool.GiveDjoinAsync(daemon);
        await daemon.AddRoomAsync("r101");
        await daemon.AddHostAsync(2, "pc02", "r101", "lab");
        await daemon.AddOperatorAsync("vera", Role.Viewer);
        await AddAdditionAsync(daemon, "hello.txt", "hello"u8.ToArray(), new Selector(Room: "r101"));
        await daemon.Admin.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(EditedTemplate), Cancel, "Win11No.xml");
        var hooks = Directory.CreateDirectory(Path.Combine(daemon.Folder, "hooks")).FullName;
        await File.WriteAllTextAsync(Path.Combine(hooks, "before-batch"), HookText, Cancel);
    }

    public static string EditedTemplate { get; } = Originals.Of(NameOf("Win11No.xml")).Replace("</unattend>", "<!-- of the school --></unattend>", StringComparison.Ordinal);

    public static async Task<AdditionView> AddAdditionAsync(TestDaemon daemon, string path, byte[] bytes, Selector? of = null)
    {
        var stored = await daemon.Admin.UploadAsync(PersonalApi.Upload, () => new MemoryStream(bytes), ApiJson.Default.StoredContent, Cancel);
        return (await daemon.Admin.CallAsync(PersonalApi.Add, new NewAdditions([new NewAddition(PersonalFileKind.Setup, path, stored.Content, For: of)]), Cancel)).Single();
    }

    public static async Task<byte[]> BackUpAsync(TestDaemon daemon, string? password = null)
    {
        using var bytes = new MemoryStream();
        await daemon.Admin.DownloadAsync(MovingApi.Create, new BackupOrder(password), bytes, Cancel);
        return bytes.ToArray();
    }

    public static Task<StagedBackup> SendAsync(TestDaemon daemon, byte[] backup) =>
        daemon.Admin.UploadAsync(MovingApi.Stage, () => new MemoryStream(backup), ApiJson.Default.StagedBackup, Cancel);

    /// <summary>Restores it, starts the appliance anew, and logs Anna in.</summary>
    public static async Task<RestoreOutlook> RestoreAsync(TestDaemon daemon, byte[] backup, string? password = null)
    {
        var staged = await SendAsync(daemon, backup);
        var outlook = await daemon.Admin.CallAsync(MovingApi.Restore, new RestoreOrder(password, Apply: true), Cancel, staged.Id);
        await daemon.RestartAsync();
        daemon.Relogin(await daemon.LoginAsync(TestDaemon.Anna));
        return outlook;
    }

    public static async Task<MergeReport> MergeAsync(TestDaemon daemon, byte[] backup, string? password = null, bool apply = true)
    {
        var staged = await SendAsync(daemon, backup);
        return await daemon.Admin.CallAsync(MovingApi.Merge, new MergeOrder(password, apply), Cancel, staged.Id);
    }

    public static async Task<string> AskCodeAsync(Func<Task> ask) => (await Assert.ThrowsAsync<UserErrorException>(ask)).Code;

    /// <summary>Everything that a failed attempt must leave as it is.</summary>
    public static async Task<string> StateAsync(TestDaemon daemon)
    {
        var hosts = await daemon.Admin.CallAsync(HostApi.List, Cancel);
        var configurations = await daemon.Admin.CallAsync(ConfigurationApi.List, Cancel);
        var versions = await VersionsAsync(daemon);
        var files = Directory.GetFiles(daemon.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(daemon.Folder, file))
            .Where(file => !file.StartsWith("documents.db", StringComparison.Ordinal) && !file.StartsWith("staging", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return string.Join('\n', [.. hosts.Select(host => host.Host.Name.ToString()), .. configurations.Select(one => one.Configuration.Name), .. versions.Select(one => one.Version.ToString()), .. files]);
    }

    public static async Task<IReadOnlyList<VersionEntry>> VersionsAsync(TestDaemon daemon)
    {
        await using var store = StoreOf(daemon);
        return await store.ListAsync(Cancel);
    }

    public static HttpImageStore StoreOf(TestDaemon daemon) => new(daemon.Address, TimeProvider.System, new ConnectionOptions { ServerKey = daemon.Key, Token = daemon.Token });

    private static TemplateName NameOf(string text) => TemplateName.TryParse(text, out var name) ? name : throw new ArgumentException(text);
}
