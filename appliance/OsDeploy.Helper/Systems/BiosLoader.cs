using System.Buffers.Binary;
using System.Security.Cryptography;
using OsDeploy.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.Helper.Systems;

/// <summary>
/// GRUB for a BIOS, as its own installer puts it there (GRUB manual, "Images" and "BIOS installation"; fields as in <c>include/grub/i386/pc/boot.h</c>): the
/// core in a partition of its own, the first sector that finds it last.
/// </summary>
/// <param name="disk">Device node of the disk.</param>
internal sealed class BiosLoader(string disk)
{
    private const int Sector = 512; // of a BIOS, whatever the disk's own are
    private const int BootCode = 440; // behind it begins the table
    private const int CoreSectorInBoot = 0x5c; // 8 bytes
    private const int DriveCheckInBoot = 0x66; // 2 bytes
    private const int RestInCore = 0x1f4; // 8 bytes: where the sectors after the first lie

    // A BIOS that names another drive than the one it has started.
    private static readonly byte[] s_noOperation = [0x90, 0x90];

    /// <summary>Without the first sector nothing starts it.</summary>
    /// <exception cref="UserErrorException"><c>system-image-not-written</c>, <c>disk-write-failed</c>, those of the medium.</exception>
    public async Task WriteCoreAsync(SignedSystem system, Func<Command, CancellationToken, Task> run, CancellationToken cancel)
    {
        var core = await ReadAsync(system, SystemFiles.BiosCore, cancel);
        if (core.Length is < Sector or > SystemDisk.BiosSize)
        {
            throw SystemImageErrors.Tampered(SystemFiles.BiosCore);
        }

        BinaryPrimitives.WriteInt64LittleEndian(core.AsSpan(RestInCore), (SystemDisk.BiosStart / Sector) + 1);
        Write(SystemDisk.BiosStart, core);
        await run(new Command("blockdev", "--flushbufs", disk), cancel);
        if (!SHA256.HashData(Read(SystemDisk.BiosStart, core.Length)).AsSpan().SequenceEqual(SHA256.HashData(core)))
        {
            throw SystemImageErrors.NotWritten(SystemFiles.BiosCore);
        }
    }

    /// <summary>From now on a BIOS starts the disk. Commit point: one sector, which a disk writes whole or not at all.</summary>
    /// <exception cref="UserErrorException"><c>disk-write-failed</c>, those of the medium.</exception>
    public async Task CommitAsync(SignedSystem system, CancellationToken cancel)
    {
        var boot = await ReadAsync(system, SystemFiles.BiosBoot, cancel);
        if (boot.Length != Sector)
        {
            throw SystemImageErrors.Tampered(SystemFiles.BiosBoot);
        }

        BinaryPrimitives.WriteInt64LittleEndian(boot.AsSpan(CoreSectorInBoot), SystemDisk.BiosStart / Sector);
        s_noOperation.CopyTo(boot, DriveCheckInBoot);
        Read(0, Sector).AsSpan(BootCode).CopyTo(boot.AsSpan(BootCode));
        Write(0, boot);
    }

    /// <summary>Nothing of what was there before starts the disk, or is found on it.</summary>
    /// <exception cref="UserErrorException"><c>disk-write-failed</c></exception>
    public void Clear() => Write(0, new byte[SystemDisk.BiosStart]);

    private static async Task<byte[]> ReadAsync(SignedSystem system, string name, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await system.CopyAsync(name, bytes, _ => { }, cancel);
        return bytes.ToArray();
    }

    private byte[] Read(long at, int length)
    {
        using var file = File.OpenHandle(disk, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[length];
        return RandomAccess.Read(file, bytes, at) == length ? bytes : throw SystemImageErrors.NotWritten(SystemFiles.BiosBoot);
    }

    private void Write(long at, byte[] bytes)
    {
        using var file = File.OpenHandle(disk, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, bytes, at);
        DurableFile.Sync(file, disk);
    }
}
