using System.Globalization;
using System.Text;

namespace OsDeploy.ImageBuilder.Tree;

/// <summary>
/// Writes a tree as the kernel unpacks it (Documentation/driver-api/early-userspace/buffer-format.rst, "newc"). The same tree gives the same
/// bytes: names in order, everything root's, no time but 1970.
/// </summary>
internal static class Cpio
{
    private const int Alignment = 4;
    private const int FolderMode = 0x4000 | 0x1ED; // 0755
    private const int LinkMode = 0xA000 | 0x1FF;
    private const int DeviceMode = 0x2000 | 0x180; // 0600
    private const int ProgramMode = 0x8000 | 0x1ED;
    private const int FileMode = 0x8000 | 0x1A4; // 0644
    private static readonly byte[] s_padding = new byte[Alignment];

    public static async Task WriteAsync(ClientTree tree, Stream output, CancellationToken cancel)
    {
        var number = 0;
        foreach (var (name, entry) in tree.Entries)
        {
            await WriteAsync(output, ++number, name, entry, cancel);
        }

        await WriteHeaderAsync(output, 0, 0, 0, (0, 0), "TRAILER!!!", cancel);
    }

    private static async Task WriteAsync(Stream output, int number, string name, Entry entry, CancellationToken cancel)
    {
        var content = ContentOf(entry);
        var mode = entry switch
        {
            Entry.Folder => FolderMode,
            Entry.Link => LinkMode,
            Entry.Device => DeviceMode,
            Entry.Copied { IsProgram: true } or Entry.Written { IsProgram: true } => ProgramMode,
            _ => FileMode,
        };
        await WriteHeaderAsync(output, number, mode, content.Length, entry is Entry.Device device ? (device.Major, device.Minor) : (0, 0), name, cancel);
        await output.WriteAsync(content, cancel);
        await PadAsync(output, content.Length, cancel);
    }

    private static byte[] ContentOf(Entry entry) => entry switch
    {
        Entry.Link link => Encoding.UTF8.GetBytes(link.Target),
        Entry.Copied file => File.ReadAllBytes(file.Source),
        Entry.Written file => file.Content,
        _ => [],
    };

    private static async Task WriteHeaderAsync(Stream output, int number, int mode, int size, (int Major, int Minor) device, string name, CancellationToken cancel)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name + "\0");
        var links = mode == FolderMode ? 2 : 1;

        // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
        int[] fields = [number, mode, 0, 0, links, 0, size, 0, 0, device.Major, device.Minor, nameBytes.Length, 0];
        var header = Encoding.ASCII.GetBytes("070701" + string.Concat(fields.Select(field => field.ToString("X8", CultureInfo.InvariantCulture))));
        await output.WriteAsync(header, cancel);
        await output.WriteAsync(nameBytes, cancel);
        await PadAsync(output, header.Length + nameBytes.Length, cancel);
    }

    private static async Task PadAsync(Stream output, int length, CancellationToken cancel) =>
        await output.WriteAsync(s_padding.AsMemory(0, (Alignment - (length % Alignment)) % Alignment), cancel);
}
