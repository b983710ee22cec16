using OsDeploy.SetUp;

namespace OsDeploy.Helper.Storage;

/// <summary>What blkid recognises on a device, looking at the device itself: no cache, no udev.</summary>
/// <param name="Type">Of a file system, an array and so on; null: none that is known.</param>
/// <param name="Label">In udev's encoding; null: none.</param>
/// <param name="Table">Kind of the partition table; null: none.</param>
internal sealed record Content(string? Type, string? Label, string? Table)
{
    private const int NothingFound = 2;
    private const int Ambiguous = 8; // two signatures contradict each other: something is there
    private const string Unclear = "several";

    public static Content None { get; } = new(null, null, null);

    public bool IsNothing => Type is null && Table is null;

    /// <summary>It is a volume of an appliance.</summary>
    public bool IsOurs => Type == "ext4" && Label == DataVolume.Label;

    /// <exception cref="UserErrorException"><c>tool-missing</c>, <c>tool-failed</c></exception>
    public static async Task<Content> OfAsync(string path, CancellationToken cancel)
    {
        var result = await new Command("blkid", "--probe", "--output", "udev", path).Accepting(code => code is 0 or NothingFound or Ambiguous).RunAsync(cancel);
        return result.ExitCode switch
        {
            NothingFound => None,
            Ambiguous => new Content(Unclear, null, null),
            _ => Parse(result.Output),
        };
    }

    internal static Content Parse(string output)
    {
        var (type, label, table) = ((string?)null, (string?)null, (string?)null);
        foreach (var pair in output.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair is [_, { Length: > 0 }]))
        {
            switch (pair[0])
            {
                case "ID_FS_TYPE":
                    type = pair[1];
                    break;
                case "ID_FS_LABEL_ENC":
                    label = pair[1];
                    break;
                case "ID_PART_TABLE_TYPE":
                    table = pair[1];
                    break;
            }
        }

        return new Content(type, label, table);
    }
}
