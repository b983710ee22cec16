using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>A disk with the files of a Linux that make one installation itself, and a swap area.</summary>
internal static class LinuxDisk
{
    public const int System = 1;
    public const int Swap = 2;
    public const string SwapOfMaster = "11111111-2222-3333-4444-555555555555";

    public static async Task<TestDisk> CreateAsync(string fileSystem = "ext4", string swapUuid = SwapOfMaster)
    {
        var disk = await TestDisk.CreateAsync(400L << 20, "label: gpt\nsize=340MiB,type=L\nsize=20MiB,type=S\n");
        await disk.FormatAsync(System, fileSystem);
        await disk.FormatAsync(Swap, "swap", "-U", swapUuid);
        await using var mount = await disk.MountAsync(System);
        Write(mount.Folder, "etc/hostname", "master\n");
        Write(mount.Folder, "etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\tmaster.old.example master\n\n::1\tlocalhost\n");
        Write(mount.Folder, "etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        Write(mount.Folder, "etc/fstab", $"UUID=aaaaaaaa-0000-0000-0000-000000000001 / ext4 defaults 0 1\nUUID={SwapOfMaster} none swap sw 0 0\n");
        Write(mount.Folder, "etc/ssh/ssh_host_ed25519_key", "the master's key");
        Write(mount.Folder, "etc/ssh/ssh_host_ed25519_key.pub", "the master's key");
        Write(mount.Folder, "etc/ssh/sshd_config", "PermitRootLogin no\n");
        Write(mount.Folder, "etc/udev/rules.d/70-persistent-net.rules", "the master's cards");
        Write(mount.Folder, "etc/salt/minion_id", "master");
        Write(mount.Folder, "etc/systemd/system/keep", "");
        Write(mount.Folder, "usr/bin/ssh-keygen", "");
        Write(mount.Folder, "var/lib/systemd/random-seed", "the same numbers");
        Write(mount.Folder, "root/.ssh/authorized_keys", "ssh-ed25519 AAAA before\n");
        Directory.CreateDirectory(Path.Combine(mount.Folder, "var/lib/dbus"));
        File.CreateSymbolicLink(Path.Combine(mount.Folder, "var/lib/dbus/machine-id"), "/etc/machine-id");
        return disk;
    }

    private static void Write(string root, string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
