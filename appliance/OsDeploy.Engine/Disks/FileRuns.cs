using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>Where a file's content lies in its partition: byte ranges in the order of the file.</summary>
internal sealed record FileRuns(IReadOnlyList<ByteRange> Runs)
{
    public static readonly FileRuns None = new([]);

    /// <summary>Ranges of the file's content from <paramref name="position"/> on.</summary>
    public RangeSet From(long position)
    {
        var behind = new List<ByteRange>();
        foreach (var run in Runs)
        {
            var skipped = Math.Min(position, run.Length);
            behind.Add(new(run.Start + skipped, run.Length - skipped));
            position -= skipped;
        }

        return RangeSet.Of(behind);
    }

    /// <summary>The first bytes of the file, fewer if it is shorter.</summary>
    /// <param name="partitionOffset">Bytes from the start of the disk.</param>
    /// <exception cref="FormatException">The runs lie outside the disk.</exception>
    public byte[] ReadHead(IDisk disk, long partitionOffset, int count)
    {
        var head = new byte[Math.Min(count, Runs.Sum(run => run.Length))];
        var filled = 0;
        foreach (var run in Runs)
        {
            var take = (int)Math.Min(head.Length - filled, run.Length);
            if (run.Start < 0 || partitionOffset + run.Start > disk.Size - take)
            {
                throw new FormatException("A file lies outside its disk.");
            }

            disk.Read(partitionOffset + run.Start, head.AsSpan(filled, take));
            filled += take;
        }

        return head;
    }
}
