using System.Text;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Hosts;

/// <summary>The registry over real files, with neighbours that write down what they were told.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    public const string Anna = "operator:anna";
    public const string Ben = "operator:ben";

    private readonly TemporaryFolder _folder = new();

    public TestRegistry()
    {
        Documents = DocumentStore.Open(DocumentsPath, [], Clock);
        Images = FolderImageStore.Open(_folder["store"], create: true, Clock);
        Registry = new Registry(
            Documents,
            new RegistryEdges(
                (actor, action, subject, detail) => Audit.Add($"{actor} {action} {subject}: {detail}"),
                plain => "sealed:" + Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)),
                text => Encoding.UTF8.GetString(Convert.FromBase64String(text["sealed:".Length..])),
                host => Jobs.GetValueOrDefault(host),
                (before, after) => Renamed.Add($"{before} -> {after}")),
            Clock);
        var presence = new Presence(Clock);
        Hosts = new HostRegistry(Registry, presence);
        Rooms = new RoomRegistry(Registry);
        Meetings = new HostMeetings(Registry, presence);
        Imports = new HostImports(Registry);
        Configurations = new ConfigurationRegistry(Registry, Images);
    }

    public static Inventory Machine { get; } = new("LENOVO", "20XW", "uefi", 8L << 30, [new HostDisk("sda", "Disk", "S1", null, "sata", 256L << 30, 512, false)], [new Device("cpu", "Intel")]);

    public string DocumentsPath => _folder["data.db"];

    public SetTime Clock { get; } = new();

    public DocumentStore Documents { get; }

    public IImageStore Images { get; }

    public Registry Registry { get; }

    public HostRegistry Hosts { get; }

    public RoomRegistry Rooms { get; }

    public HostMeetings Meetings { get; }

    public HostImports Imports { get; }

    public ConfigurationRegistry Configurations { get; }

    public List<string> Audit { get; } = [];

    public List<string> Renamed { get; } = [];

    /// <summary>Job of a host by the host's id.</summary>
    public Dictionary<string, string> Jobs { get; } = [];

    public static MacAddress Mac(int number) =>
        MacAddress.TryParse($"0200{number:x8}", out var mac) ? mac : throw new ArgumentOutOfRangeException(nameof(number));

    public static HardwareIdentity Laptop(int number, params int[] macs) =>
        new($"4c4c4544-0039-4b10-8052-{number:x12}", $"SERIAL{number}", $"BOARD{number}", [.. macs.Select(Mac)]);

    public static void Refused(string code, Action work) => Assert.Equal(code, Assert.Throws<UserErrorException>(work).Code);

    public static async Task RefusedAsync(string code, Func<Task> work) => Assert.Equal(code, (await Assert.ThrowsAsync<UserErrorException>(work)).Code);

    public HostView Add(int mac, string? name = null, string? room = null, string? configuration = null) =>
        Hosts.Add(new NewHosts([new NewHost(Mac(mac), name, room, configuration)]), Anna).Single();

    public MeetResult Meet(HardwareIdentity identity, string address = "10.0.0.1") => Meetings.Meet(identity, Machine, address, isLab: false);

    public ImportReport Import(string csv, bool apply = true) => Imports.Import(new HostImport(Encoding.UTF8.GetBytes(csv), apply), Anna);

    public async ValueTask DisposeAsync()
    {
        Documents.Dispose();
        await Images.DisposeAsync();
        _folder.Dispose();
    }
}
