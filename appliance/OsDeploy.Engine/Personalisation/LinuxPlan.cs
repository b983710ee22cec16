using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Personalisation;

/// <summary>
/// What is to be done on a restored Linux: its name, and all that one installation has to itself (systemd, "Building Images Safely"). Nothing
/// here writes.
/// </summary>
/// <param name="swaps">UUIDs of the swap areas that the disks have now.</param>
internal sealed class LinuxPlan(VolumeTree tree, IReadOnlyList<PersonalFile> files, Personality personality, PersonalContent content, IReadOnlyList<string> swaps)
{
    private const int MostText = 1 << 20;
    private const string KeyUnit = "etc/systemd/system/osdeploy-ssh-host-keys.service";

    private static readonly (string Path, string Why)[] s_own =
    [
        ("var/lib/dbus/machine-id", "the identity of the master"),
        ("var/lib/systemd/random-seed", "would give each clone the same random numbers"),
        ("var/lib/NetworkManager/secret_key", "the identity of the master"),
        ("etc/udev/rules.d/70-persistent-net.rules", "names of the master's network cards"),
        ("etc/udev/rules.d/70-persistent-cd.rules", "names of the master's drives"),
        ("etc/salt/minion_id", "the management agent's identity of the master"),
        ("etc/salt/pki/minion/minion.pem", "the management agent's identity of the master"),
        ("etc/salt/pki/minion/minion.pub", "the management agent's identity of the master"),
        ("etc/salt/pki/minion/minion_master.pub", "the management agent's identity of the master"),
    ];

    private readonly VolumePlan _plan = new();

    private string Name => personality.Name.ToString().ToLowerInvariant();

    /// <exception cref="UserErrorException"><c>personal-no-linux</c></exception>
    public async Task<VolumePlan> MakeAsync(string partition, CancellationToken cancel)
    {
        if (tree.Find("etc") is null)
        {
            throw PersonalErrors.NoLinux(partition);
        }

        _plan.Write("etc/hostname", Encoding.ASCII.GetBytes(Name + "\n"), "its name");
        Change("etc/hosts", hosts => HostsFile.WithName(hosts, Name, DomainOf(personality.Joining.Domain)), "its name");
        Change("etc/fstab", table => SwapNames.InTable(table, swaps), "the swap area it has now");
        Change("etc/initramfs-tools/conf.d/resume", text => SwapNames.InResume(text, swaps), "the swap area it has now");
        AddIdentity();
        await AddKeysAsync(cancel);

        // A file without a label is no file to a system that enforces them.
        if (TextOf("etc/selinux/config")?.Split('\n').Any(line => line.Trim() is "SELINUX=enforcing" or "SELINUX=permissive") == true)
        {
            _plan.Write(".autorelabel", [], "SELinux labels the new files at the next start");
        }

        return _plan;
    }

    private static string? DomainOf(string? domain) => domain?.Contains('.', StringComparison.Ordinal) == true ? domain.ToLowerInvariant() : null;

    private void AddIdentity()
    {
        // Empty, it is drawn at the next start; missing, systemd takes that for the very first start and resets what is configured.
        if (tree.Find("etc/machine-id") is not null)
        {
            _plan.Write("etc/machine-id", [], "drawn anew at the next start");
        }

        foreach (var (path, why) in s_own.Where(one => IsFile(one.Path)))
        {
            _plan.Remove(path, why);
        }

        foreach (var lease in tree.FilesIn("var/lib/dhcp").Concat(tree.FilesIn("var/lib/NetworkManager")).Where(file => file.EndsWith(".leases", StringComparison.Ordinal) || file.EndsWith(".lease", StringComparison.Ordinal)))
        {
            _plan.Remove(lease, "an address of the master");
        }

        AddHostKeys();
    }

    // The link to the other place of the machine's id leads to the file that was just emptied.
    private bool IsFile(string path) => tree.Find(path) is { } place && tree.PlaceOf(Path.GetDirectoryName(path)!) + "/" + Path.GetFileName(path) == place;

    private void AddHostKeys()
    {
        var keys = tree.FilesIn("etc/ssh").Where(file => Path.GetFileName(file).StartsWith("ssh_host_", StringComparison.Ordinal)).ToList();
        if (keys.Count == 0)
        {
            return;
        }

        if (tree.Find("usr/bin/ssh-keygen") is null || tree.Find("etc/systemd/system") is null)
        {
            _plan.Warnings.Add("The SSH host keys are those of the master: this system cannot make new ones at its start by itself (`ssh-keygen -A`).");
            return;
        }

        foreach (var key in keys)
        {
            _plan.Remove(key, "an SSH host key of the master");
        }

        const string unit = """
            [Unit]
            Description=SSH host keys of this computer
            Before=ssh.service sshd.service
            ConditionPathExistsGlob=!/etc/ssh/ssh_host_*_key

            [Service]
            Type=oneshot
            ExecStart=/usr/bin/ssh-keygen -A

            """;
        _plan.Write(KeyUnit, Encoding.ASCII.GetBytes(unit), "makes SSH host keys at the next start");
        _plan.Files.Add(new LinkStep("etc/systemd/system/multi-user.target.wants/" + Path.GetFileName(KeyUnit), "makes SSH host keys at the next start", "/" + KeyUnit));
    }

    private async Task AddKeysAsync(CancellationToken cancel)
    {
        var added = new List<string>();
        foreach (var file in files.Where(file => file.Kind == PersonalFileKind.SshKey))
        {
            added.AddRange(LinesOf(ForeignText.Of(await content.ReadAsync(file.Content, cancel))));
        }

        if (added.Count > 0)
        {
            const string path = "root/.ssh/authorized_keys";
            var before = LinesOf(TextOf(path) ?? "");
            _plan.Write(path, Encoding.UTF8.GetBytes(string.Concat(before.Concat(added).Distinct().Select(line => line + "\n"))), "who may log in as root", FileAccessKind.Secret);
        }
    }

    private void Change(string path, Func<string, string> change, string what)
    {
        if (TextOf(path) is { } before && change(before) is var after && after != before)
        {
            _plan.Write(path, Encoding.UTF8.GetBytes(after), what);
        }
    }

    private string? TextOf(string path) => tree.TryRead(path, MostText) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static IEnumerable<string> LinesOf(string text) => text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
}
