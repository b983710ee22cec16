using System.Buffers.Binary;
using Mono.Unix;
using Mono.Unix.Native;

namespace OsDeploy.Personalisation;

/// <summary>
/// Who may read a file on NTFS, as Windows keeps it: a self-relative security descriptor (Microsoft, MS-DTYP 2.4.6), which ntfs-3g shows
/// as an extended attribute (ntfs-3g manual, "system.ntfs_acl").
/// </summary>
internal static class NtfsSecurity
{
    private const string Attribute = "system.ntfs_acl";
    private const int HeaderBytes = 20;
    private const int ListHeaderBytes = 8;
    private const ushort Control = 0x8000 | 0x1000 | 0x0004; // self-relative, protected from what its folder says, with a list
    private const uint AllRights = 0x001F01FF;
    private const uint ReadAndRun = 0x001200A9;
    private const byte ForFilesAndFoldersBelow = 0x03;

    // Well-known SIDs (MS-DTYP 2.4.2.4): S-1-5-18 the system, S-1-5-32-544 administrators, S-1-5-32-545 users.
    private static readonly byte[] s_system = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];
    private static readonly byte[] s_administrators = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0];
    private static readonly byte[] s_users = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x21, 2, 0, 0];

    /// <summary>Null: its file system keeps none.</summary>
    public static byte[]? Of(string path) => Syscall.lgetxattr(path, Attribute, out var descriptor) > 0 ? descriptor : null;

    /// <param name="descriptor">Null: one for <paramref name="access"/>.</param>
    /// <exception cref="UserErrorException"><c>personal-rights</c>: a secret that everybody could read is not written</exception>
    public static void Set(string path, byte[]? descriptor, FileAccessKind access)
    {
        var made = descriptor ?? Make(access, Directory.Exists(path));
        if (Syscall.lsetxattr(path, Attribute, made) != 0 && Stdlib.GetLastError() is var error && (access == FileAccessKind.Secret || error != Errno.EOPNOTSUPP))
        {
            throw PersonalErrors.NoRights(path, new UnixIOException(error));
        }
    }

    internal static byte[] Make(FileAccessKind access, bool isFolder)
    {
        var flags = isFolder ? ForFilesAndFoldersBelow : (byte)0;
        List<byte[]> entries = [Allow(AllRights, s_system, flags), Allow(AllRights, s_administrators, flags)];
        if (access != FileAccessKind.Secret)
        {
            entries.Add(Allow(ReadAndRun, s_users, flags));
        }

        var list = new byte[ListHeaderBytes];
        list[0] = 2; // ACL_REVISION
        BinaryPrimitives.WriteUInt16LittleEndian(list.AsSpan(2), (ushort)(ListHeaderBytes + entries.Sum(entry => entry.Length)));
        BinaryPrimitives.WriteUInt16LittleEndian(list.AsSpan(4), (ushort)entries.Count);

        var header = new byte[HeaderBytes];
        header[0] = 1; // revision
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), Control);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)(HeaderBytes + s_administrators.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), (uint)(HeaderBytes + s_administrators.Length + s_system.Length));
        return [.. header, .. s_administrators, .. s_system, .. list, .. entries.SelectMany(entry => entry)];
    }

    // ACCESS_ALLOWED_ACE, MS-DTYP 2.4.4.2.
    private static byte[] Allow(uint rights, byte[] who, byte flags)
    {
        var entry = new byte[8 + who.Length];
        entry[1] = flags;
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), (ushort)entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), rights);
        who.CopyTo(entry, 8);
        return entry;
    }
}
