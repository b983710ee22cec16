using System.Buffers.Binary;
using System.Text;

namespace OsDeploy.Tests.SystemImages;

/// <summary>The least that is an ISO 9660 with Joliet names: descriptors, folders of one sector or more, and files.</summary>
internal static class JolietImage
{
    private const int Sector = 2048;
    private const int FirstFree = 19;

    /// <summary>A medium with <c>osdeploy/ID/FILE</c>.</summary>
    public static byte[] Of(IReadOnlyDictionary<string, byte[]> files, string id = SampleSystem.Id)
    {
        var next = FirstFree + 3;
        var places = files.ToDictionary(file => file.Key, file =>
        {
            var at = next;
            next += (file.Value.Length + Sector - 1) / Sector;
            return at;
        });
        var image = new byte[next * Sector];
        var (root, systems, folder) = (FirstFree, FirstFree + 1, FirstFree + 2);
        Descriptor(image.AsSpan(16 * Sector), 1, "", root);
        Descriptor(image.AsSpan(17 * Sector), 2, "%/E", root);
        Descriptor(image.AsSpan(18 * Sector), 255, "", root);
        Folder(image.AsSpan(root * Sector, Sector), root, [("osdeploy", systems, Sector, true)]);
        Folder(image.AsSpan(systems * Sector, Sector), systems, [(id, folder, Sector, true), (id + ".id", 0, 0, false)]);
        Folder(image.AsSpan(folder * Sector, Sector), folder, [.. files.Select(file => (file.Key, places[file.Key], file.Value.Length, false))]);
        foreach (var (name, bytes) in files)
        {
            bytes.CopyTo(image.AsSpan(places[name] * Sector));
        }

        return image;
    }

    private static void Descriptor(Span<byte> sector, byte type, string escape, int root)
    {
        sector[0] = type;
        "CD001"u8.CopyTo(sector[1..]);
        Encoding.ASCII.GetBytes(escape).CopyTo(sector[88..]);
        Record(sector[156..], [0], root, Sector, isFolder: true);
    }

    private static void Folder(Span<byte> sector, int self, IEnumerable<(string Name, int Place, int Length, bool IsFolder)> entries)
    {
        var at = Record(sector, [0], self, Sector, isFolder: true);
        at += Record(sector[at..], [1], self, Sector, isFolder: true);
        foreach (var (name, place, length, isFolder) in entries)
        {
            at += Record(sector[at..], Encoding.BigEndianUnicode.GetBytes(isFolder ? name : name + ";1"), place, length, isFolder);
        }
    }

    private static int Record(Span<byte> into, ReadOnlySpan<byte> name, int place, int length, bool isFolder)
    {
        var size = (33 + name.Length + 1) / 2 * 2;
        into[0] = (byte)size;
        BinaryPrimitives.WriteInt32LittleEndian(into[2..], place);
        BinaryPrimitives.WriteInt32LittleEndian(into[10..], length);
        into[25] = (byte)(isFolder ? 2 : 0);
        into[32] = (byte)name.Length;
        name.CopyTo(into[33..]);
        return size;
    }
}
