using System.Globalization;
using OsDeploy.ImageBuilder.Tree;

namespace OsDeploy.ImageBuilder;

/// <summary>Packs trees so that the kernel can unpack them.</summary>
internal static class Initrd
{
    private static readonly TimeSpan s_packing = TimeSpan.FromMinutes(30);

    /// <param name="archive">Gets the tree before it is compressed.</param>
    public static async Task PackAsync(ClientTree tree, string archive, string initrd, int level, CancellationToken cancel)
    {
        await using (var output = File.Create(archive))
        {
            await Cpio.WriteAsync(tree, output, cancel);
        }

        await CompressAsync(archive, initrd, level, cancel);
    }

    // How many threads there are does not change what comes out.
    public static Task CompressAsync(string file, string compressed, int level, CancellationToken cancel) =>
        new Command("zstd", "-" + level.ToString(CultureInfo.InvariantCulture), "-T0", "--quiet", "--force", file, "-o", compressed).WithDeadline(s_packing).RunAsync(cancel);
}
