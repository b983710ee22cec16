namespace OsDeploy.Benchmarks.Volumes;

/// <summary>
/// A file as its next release: some bytes more near the front, which shifts the rest, and a small change in every 16 KiB. It
/// compresses like the original and shares no chunk with it.
/// </summary>
internal static class AlteredCopy
{
    private const int ChangeEvery = 16 << 10;
    private const int ChangeLength = 8;

    public static void Write(string from, string to, Random random)
    {
        var content = File.ReadAllBytes(from);
        for (var start = 0; start + ChangeEvery <= content.Length; start += ChangeEvery)
        {
            random.NextBytes(content.AsSpan(start + random.Next(ChangeEvery - ChangeLength), ChangeLength));
        }

        var inserted = new byte[random.Next(1, 512)];
        random.NextBytes(inserted);
        var head = random.Next((content.Length / 4) + 1);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var file = File.OpenHandle(to, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, [content.AsMemory(0, head), inserted, content.AsMemory(head)], 0);
    }
}
