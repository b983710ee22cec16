using System.Text;
using OsDeploy.ImageBuilder.Tree;

namespace OsDeploy.Lab.Disks;

/// <summary>A small Linux that says on the serial line what it finds on its own root partition, then switches the PC off.</summary>
internal static class LabLinux
{
    /// <summary>Said once it has read its root partition.</summary>
    public const string Marker = "lab linux: this is ";

    /// <summary>Label of that partition.</summary>
    public const string RootLabel = "labroot";

    /// <summary>The file on it that is read: what the computer is called.</summary>
    public const string NameFile = "etc/hostname";

    /// <summary>Starts it, for GRUB. Kernel and initrd are those of a client build.</summary>
    public const string GrubScript = """
        set timeout=0
        linux /vmlinuz console=ttyS0 rdinit=/lab/init quiet panic=-1
        initrd /initrd.img /lab.img
        boot

        """;

    /// <summary>Where the root partition is mounted.</summary>
    private const string Root = "/mnt";

    private const string FindRoot = $$"""
        #!/bin/sh
        export PATH=/usr/sbin:/usr/bin
        mount -t proc proc /proc
        mount -t sysfs sysfs /sys
        mount -t devtmpfs devtmpfs /dev
        for round in 1 2; do
            find /sys/devices -name modalias -exec cat {} + 2>/dev/null | sort -u | xargs modprobe -abq 2>/dev/null
        done
        modprobe -aq sd_mod ext4
        tries=0
        until root=$(findfs LABEL={{RootLabel}} 2>/dev/null) || [ $tries = 60 ]; do
            sleep 0.5
            tries=$((tries + 1))
        done
        mkdir -p {{Root}}

        """;

    private const string SayName = $$"""
        {{FindRoot}}
        mount -o ro "$root" {{Root}}
        echo "{{Marker}}$(cat {{Root}}/{{NameFile}}) on $root" >/dev/console
        busybox poweroff -f
        """;

    private const string GoOn = $$"""
        {{FindRoot}}
        mount "$root" {{Root}}
        umount /proc /sys
        exec busybox switch_root {{Root}} /sbin/init
        """;

    /// <summary>What makes a client build's initrd this Linux, as a second initrd.</summary>
    /// <param name="work">Empty folder.</param>
    public static Task WriteInitrdAsync(string path, string work, CancellationToken cancel) => WriteAsync(path, work, SayName, cancel);

    /// <summary>As <see cref="WriteInitrdAsync"/>, and it goes on to the system on that partition.</summary>
    public static Task WriteStartAsync(string path, string work, CancellationToken cancel) => WriteAsync(path, work, GoOn, cancel);

    private static async Task WriteAsync(string path, string work, string init, CancellationToken cancel)
    {
        var tree = new ClientTree(new SourceTree(work));
        tree.Put("lab/init", new Entry.Written(Encoding.ASCII.GetBytes(init), IsProgram: true));
        await using var packed = File.Create(path);
        await Cpio.WriteAsync(tree, packed, cancel);
    }
}
