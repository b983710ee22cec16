using System.Text;
using OsDeploy.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.Helper.Systems;

/// <summary>
/// Puts a system into a place of its own, an ext4. GRUB shows it once <c>start.cfg</c> is there: written last, when all else was read back.
/// </summary>
/// <param name="mount">Folder to mount it at.</param>
/// <param name="run">Runs a program to its end.</param>
internal sealed class SlotWriter(string mount, Func<Command, CancellationToken, Task> run)
{
    public const string StartScript = "start.cfg";
    private const string NameScript = "name.cfg";

    // What a GRUB of some years back reads too.
    private const string Features = "^metadata_csum_seed,^orphan_file";

    private string Systems => Path.Combine(mount, SystemFiles.Folder);

    /// <param name="id">Of the file system: by it GRUB and live-boot find this place and no other, whatever is plugged in.</param>
    /// <param name="at">Told what is done.</param>
    /// <param name="done">Told after each piece how many bytes it had.</param>
    /// <exception cref="UserErrorException"><c>system-image-not-written</c>, those of the medium and of the programs.</exception>
    public async Task WriteAsync(string device, string slot, string id, SignedSystem system, string publicKey, Action<Api.Appliance.SystemStep> at, Action<long> done, CancellationToken cancel)
    {
        at(Api.Appliance.SystemStep.Copy);
        await run(new Command("wipefs", "--all", "--force", device), cancel);
        await run(new Command("mkfs.ext4", "-q", "-F", "-m", "0", "-U", id, "-L", "osdeploy-" + slot, "-O", Features, device), cancel);
        await MountedAsync(device, isReadOnly: false, () => CopyAsync(id, system, done, cancel), cancel);

        at(Api.Appliance.SystemStep.ReadBack);
        await run(new Command("blockdev", "--flushbufs", device), cancel);
        await MountedAsync(device, isReadOnly: true, () => ReadBackAsync(id, publicKey, done, cancel), cancel);

        at(Api.Appliance.SystemStep.Finish);
        await MountedAsync(
            device,
            isReadOnly: false,
            () =>
            {
                DurableFile.Write(Path.Combine(Systems, NameScript), Encoding.ASCII.GetBytes($"set osdeploy_name=\"{system.Manifest.Version}\"\n"), overwrite: true);
                DurableFile.Write(Path.Combine(Systems, StartScript), Encoding.ASCII.GetBytes(StartOf(system.Manifest, slot, id)), overwrite: true); // commit point
                return Task.CompletedTask;
            },
            cancel);
    }

    /// <returns>What the place holds; null: no whole system that was signed.</returns>
    /// <exception cref="UserErrorException"><c>tool-missing</c></exception>
    public async Task<SystemManifest?> LookAsync(string device, string id, string publicKey, CancellationToken cancel)
    {
        SystemManifest? found = null;
        try
        {
            await MountedAsync(
                device,
                isReadOnly: true,
                () =>
                {
                    found = File.Exists(Path.Combine(Systems, StartScript)) ? SignedSystem.Open(new MountedMedium(mount), publicKey, id).Manifest : null;
                    return Task.CompletedTask;
                },
                cancel);
        }
        catch (UserErrorException e) when (e.Code != "tool-missing")
        {
            // Empty, cut short or of another maker: nothing that could be started.
        }

        return found;
    }

    /// <summary>What GRUB runs, with the place as its root. Everything in it was signed or made here.</summary>
    internal static string StartOf(SystemManifest manifest, string slot, string id) =>
        $"linux /{SystemFiles.Folder}/{id}/{SystemFiles.Kernel} {manifest.CommandLine} live-media=/dev/disk/by-uuid/{id} live-media-path={SystemFiles.Folder}/{id} osdeploy.slot={slot} "
        + "$osdeploy_try_word $osdeploy_language_word $osdeploy_keyboard_word console=ttyS0,115200 console=tty1\n"
        + $"initrd /{SystemFiles.Folder}/{id}/{SystemFiles.Initrd}\n";

    private async Task CopyAsync(string id, SignedSystem system, Action<long> done, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Systems, id)).FullName;
        foreach (var name in SystemFiles.OfSlot)
        {
            var path = Path.Combine(folder, name);
            await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });
            await system.CopyAsync(name, file, done, cancel);
            DurableFile.Sync(file.SafeFileHandle, path);
        }

        DurableFile.Write(Path.Combine(folder, SystemFiles.LayerList), Encoding.ASCII.GetBytes(SystemFiles.Layers), overwrite: true);
        DurableFile.Write(Path.Combine(folder, SystemManifest.FileName), system.ManifestBytes, overwrite: true);
        DurableFile.Write(Path.Combine(folder, SystemSignature.FileName), system.Signature, overwrite: true);
    }

    private async Task ReadBackAsync(string id, string publicKey, Action<long> done, CancellationToken cancel)
    {
        try
        {
            await SignedSystem.Open(new MountedMedium(mount), publicKey, id).VerifyAsync(SystemFiles.OfSlot, done, cancel);
        }
        catch (UserErrorException e) when (e.Code.StartsWith("system-image-", StringComparison.Ordinal))
        {
            throw SystemImageErrors.NotWritten(SystemFiles.Folder);
        }
    }

    private async Task MountedAsync(string device, bool isReadOnly, Func<Task> work, CancellationToken cancel)
    {
        Directory.CreateDirectory(mount);
        await run(new Command("mount", "--types", "ext4", "--options", (isReadOnly ? "ro," : "rw,") + "nodev,nosuid,noexec", device, mount), cancel);
        try
        {
            await work();
        }
        finally
        {
            await run(new Command("umount", mount), CancellationToken.None);
        }
    }
}
