using System.Text;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Hosts;
using OsDeploy.Boot;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage;

namespace OsDeploy.Server.Boot;

/// <summary>
/// The folder that TFTP serves: loaders, kernel and initrd of the current build, GRUB's first script, and what was decided for hosts that have
/// something else to do than the others. GRUB reads that when HTTP has failed.
/// </summary>
internal sealed class TftpTree(string folder, ClientBuilds builds, BootDesk desk, HostRegistry hosts, ConfigurationRegistry configurations, JobBoard board, NextStarts next)
{
    /// <summary>Behind a card's address: the name of the script for its host.</summary>
    public const string ScriptSuffix = ".cfg";

    private const string Text = "osdeploy needs a PC with a 64-bit processor of Intel's or AMD's kind.\r\n";

    // Shim asks for it only when somebody enrols a key at the PC, which osdeploy never needs.
    private const string KeyManager = ClientBuild.Loaders + "mmx64.efi";

    private readonly DnsmasqPaths _paths = new(folder);

    // By path, the build that it is of: what lay there before the daemon started is copied again.
    private readonly Dictionary<string, string> _copied = [];

    /// <summary>Brings the folder up to what holds now. Each file is replaced whole.</summary>
    /// <returns>Whether dnsmasq has to be told: it reads the hosts only then, and everything else when it is asked for it.</returns>
    public bool Write(BootSettings settings, ServedNetwork network, BootDoor door)
    {
        Directory.CreateDirectory(folder);
        foreach (var part in new[] { _paths.Tftp, GrubFolder, MacFolder })
        {
            DurableFile.CreateFolder(part);
        }

        Put(Path.Combine(_paths.Tftp, DnsmasqConfig.Unsupported), Text);
        Put(Path.Combine(GrubFolder, "grub.cfg"), GrubScript.Entry(door.Server));
        Put(Path.Combine(GrubFolder, "default.cfg"), desk.FallbackFor(null, door));
        WriteBuild();
        WriteHosts(door);
        return Put(_paths.Hosts, DnsmasqConfig.HostsOf(settings, network, hosts.All.Select(host => (host, OptionsOf(host, settings)))));
    }

    private string GrubFolder => Path.Combine(_paths.Tftp, "grub");

    private string MacFolder => Path.Combine(GrubFolder, "mac");

    private BootOptions OptionsOf(Host host, BootSettings settings) =>
        (host.Boot ?? BootOptions.None).Over(((host.Configuration is { } name ? configurations.Find(name)?.Boot : null) ?? BootOptions.None).Over(settings.Options));

    private void WriteHosts(BootDoor door)
    {
        var wanted = new HashSet<string>();
        foreach (var host in hosts.All.Where(host => host.IsBlocked || host.Boot is not null || board.ActiveOf(host.Id) is not null || next.Of(host.Id) is not null))
        {
            var script = desk.FallbackFor(host, door);
            foreach (var name in host.Identity.Macs.Select(mac => mac + ScriptSuffix))
            {
                Put(Path.Combine(MacFolder, name), script);
                wanted.Add(name);
            }
        }

        foreach (var old in Directory.GetFiles(MacFolder).Where(path => !wanted.Contains(Path.GetFileName(path))))
        {
            DurableFile.Delete(old);
        }
    }

    // Kernel and initrd lie under the id of their build: a PC that loads while another becomes current finds both of one, or none.
    private void WriteBuild()
    {
        if (builds.Current is not { } id || builds.Find(id) is not { } build)
        {
            return;
        }

        var own = Path.Combine(_paths.Tftp, id);
        DurableFile.CreateFolder(own);
        foreach (var file in build.Files.Where(file => file.Name != KeyManager))
        {
            var name = file.Name.StartsWith(ClientBuild.Loaders, StringComparison.Ordinal) ? file.Name[ClientBuild.Loaders.Length..] : Path.Combine(id, file.Name);
            Copy(builds.FileOf(id, file.Name)!.Value.Path, Path.Combine(_paths.Tftp, name), id);
        }

        foreach (var old in Directory.GetDirectories(_paths.Tftp).Where(path => path != own && path != GrubFolder))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private void Copy(string from, string to, string build)
    {
        if (File.Exists(to) && _copied.GetValueOrDefault(to) == build)
        {
            return;
        }

        var fresh = DurableFile.TemporaryNameFor(to);
        File.Copy(from, fresh);
        File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        DurableFile.Publish(fresh, to);
        _copied[to] = build;
    }

    private static bool Put(string path, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        DurableFile.Write(path, bytes, overwrite: true);
        return true;
    }
}
