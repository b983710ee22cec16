namespace OsDeploy.Disks;

/// <summary>What is done to a partition while its disk's table is set aside.</summary>
public enum AsideWork
{
    /// <summary>An image is written into it, and what follows the image is not done yet.</summary>
    Restore,

    /// <summary>The system in it becomes one host's own.</summary>
    Personalisation,
}

/// <param name="Partition">The one that must not start as it is.</param>
public sealed record SetAside(AsideWork Work, int Partition);

/// <summary>
/// Takes a disk's table away while one of its partitions is worked on, and gives it back when that is whole. The partition can be mounted
/// meanwhile, by its place; nothing that starts a computer finds it. Either way it is one write of sector 0, so a power cut leaves the one or
/// the other.
/// <para>
/// The boot signature gives way to a pair of ours: the kind of work, and the partition's number. Without it no Linux, no Windows and no BIOS takes the
/// table, and none but a UEFI firmware that goes by EDK2 the GPT: that looks for the entry 0xEE alone (PartitionDxe, Gpt.c). So the four
/// entries are inverted as well, which leaves none that anybody takes for one.
/// </para>
/// </summary>
internal static class TableAside
{
    private const int Entries = 446;
    private const int EntrySize = 16;
    private const int TypeInEntry = 4;
    private const int Signature = 510;
    private const int SectorPart = 512;
    private const byte Restoring = 0xD1;
    private const byte Personalising = 0xD2;

    /// <summary>Null: the table is where it was, or there is none.</summary>
    public static SetAside? Read(IDisk disk)
    {
        var sector = new byte[disk.SectorSize];
        disk.Read(0, sector);
        return Read(sector);
    }

    /// <exception cref="UserErrorException"><c>disk-table-aside</c>: it can not be taken away so that it comes back as it was</exception>
    public static void Require(IDisk disk, int partition)
    {
        var sector = ReadTable(disk);
        if (!IsPlain(sector) || partition is < 1 or > byte.MaxValue)
        {
            throw DiskErrors.CannotSetAside(disk.Path, partition);
        }
    }

    /// <summary>On the medium when this returns.</summary>
    /// <exception cref="UserErrorException"><c>disk-table-aside</c>; <c>disk-write-failed</c></exception>
    public static void Put(IDisk disk, SetAside work)
    {
        Require(disk, work.Partition);
        var sector = ReadTable(disk);
        Put(sector, work);
        Write(disk, sector);
    }

    /// <summary>A commit point: from here on the partition starts. Nothing happens if the table is in its place.</summary>
    public static void PutBack(IDisk disk)
    {
        if (Read(disk) is not null)
        {
            Write(disk, ReadTable(disk));
        }
    }

    internal static SetAside? Read(ReadOnlySpan<byte> sector)
    {
        AsideWork? work = sector[Signature] switch
        {
            Restoring => AsideWork.Restore,
            Personalising => AsideWork.Personalisation,
            _ => null,
        };
        if (work is null || sector[Signature + 1] == 0)
        {
            return null;
        }

        // Two bytes alone could be anybody's; a table put back that makes no sense is not ours.
        var found = sector[..SectorPart].ToArray();
        PutBack(found);
        return IsPlain(found) ? new SetAside(work.Value, sector[Signature + 1]) : null;
    }

    internal static void Put(Span<byte> sector, SetAside work)
    {
        Invert(sector);
        sector[Signature] = work.Work == AsideWork.Restore ? Restoring : Personalising;
        sector[Signature + 1] = (byte)work.Partition;
    }

    internal static void PutBack(Span<byte> sector)
    {
        Invert(sector);
        (sector[Signature], sector[Signature + 1]) = (0x55, 0xAA);
    }

    // As it is when it is in its place.
    private static byte[] ReadTable(IDisk disk)
    {
        var sector = new byte[disk.SectorSize];
        disk.Read(0, sector);
        if (Read(sector) is not null)
        {
            PutBack(sector);
        }

        return sector;
    }

    private static void Write(IDisk disk, byte[] sector)
    {
        disk.Write(0, sector);
        disk.Flush();
    }

    private static void Invert(Span<byte> sector)
    {
        foreach (ref var octet in sector[Entries..Signature])
        {
            octet = (byte)~octet;
        }
    }

    // A table in which each entry is active or not, and one at least is used: inverted, none of it is left.
    private static bool IsPlain(ReadOnlySpan<byte> sector)
    {
        var isUsed = false;
        for (var entry = Entries; entry < Signature; entry += EntrySize)
        {
            if (sector[entry] is not (0x00 or 0x80))
            {
                return false;
            }

            isUsed |= sector[entry + TypeInEntry] != MbrEntry.Empty;
        }

        return isUsed && MbrEntry.IsTable(sector);
    }
}
