using OsDeploy.Api.Configurations;
using OsDeploy.Disks;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Screens.Machine;

/// <summary>What is asked about one partition of a master. Every answer is that of the last capture until somebody gives another.</summary>
internal sealed class ClonePartition
{
    private const string Copy = "copy";
    private const string Leave = "leave";
    private const string UsedBlocks = "used";
    private const string EveryByte = "raw";
    private const long SmallSystem = 4L << 30;
    private const string EfiSystem = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";

    private static readonly string[] s_formats = ["fat16", "fat32", "ntfs", "ext2", "ext3", "ext4", "btrfs", "xfs", "swap"];
    private static readonly string[] s_linux = ["ext2", "ext3", "ext4", "btrfs", "xfs", "f2fs", "LVM2_member"];

    private readonly PartitionPlan? _before;
    private readonly ChoiceEntry _os;
    private readonly ChoiceEntry _join;
    private readonly SecretEntry _productId;
    private readonly ChoiceEntry _data;
    private readonly ChoiceEntry _blocks;

    /// <param name="before">What the plan said at the last capture; null: nothing.</param>
    /// <param name="isTaken">Whether somebody has chosen it, looked at each time.</param>
    public ClonePartition(DiskNote disk, PartitionLayout layout, PartitionPlan? before, Func<ClonePartition, bool> isTaken)
    {
        (Disk, Layout, _before) = (disk, layout, before);
        Description = new TextEntry(Id, $"{Name}  {Sizes.Of(layout.Length)}".Replace('_', ' '), before?.Description ?? Printable.Of(layout.FileSystemLabel, 32)) 
        {
            MaxLength = 64,
            Applies = () => isTaken(this),
            Help = Words.Machine.DescriptionHelp,
        };
        _os = new ChoiceEntry("os", Words.Machine.OsLabel, Systems(), (before?.Os ?? Guess(layout)).ToString()) { Help = Words.Machine.OsHelp };
        _join = new ChoiceEntry("join", Words.Machine.JoinLabel, Joins, (before?.Join ?? JoinMode.Domain).ToString()) { Applies = () => IsWindows, Help = Words.Machine.JoinHelp };
        _productId = new SecretEntry("product", Words.Machine.ProductLabel)
        {
            Applies = () => IsWindows && _join.Value == nameof(JoinMode.Domain),
            IsSet = before?.ProductId is not null,
            Help = Words.Machine.ProductHelp,
        };
        _data = new ChoiceEntry("data", Words.Machine.DataLabel, DataChoices(), DataOf(before)) { Applies = () => IsData, Help = Words.Machine.DataHelp };
        _blocks = new ChoiceEntry("blocks", Words.Machine.BlocksLabel, [new Choice(UsedBlocks, Words.Machine.BlocksUsed), new Choice(EveryByte, Words.Machine.BlocksRaw)],
            before?.Use == PartitionUse.Raw ? EveryByte : UsedBlocks) { Applies = () => IsImaged, Help = Words.Machine.BlocksHelp };
    }

    public DiskNote Disk { get; }

    public PartitionLayout Layout { get; }

    /// <summary>For the list: which partition of which disk, by its place in it.</summary>
    public string Id => $"{Disk.Path}#{PartitionText.IdOf(1, Layout.Number)}";

    public string Name => Language.Fill(Words.Machine.ManualPlace, Printable.Of(Disk.Disk.Name), Layout.Number);

    public TextEntry Description { get; }

    /// <summary>Whether its content goes into the new version.</summary>
    public bool IsImaged => !IsData || _data.Value == Copy;

    private bool IsData => _os.Value == nameof(OperatingSystem.Data);

    private bool IsWindows => Os is not (OperatingSystem.Data or OperatingSystem.Linux or OperatingSystem.WinBoot);

    private OperatingSystem Os => Enum.TryParse<OperatingSystem>(_os.Value, out var os) ? os : OperatingSystem.Data;

    private PartitionUse Use => !IsImaged ? (_data.Value == Leave ? PartitionUse.Leave : PartitionUse.Format)
        : _blocks.Value == EveryByte ? PartitionUse.Raw
        : PartitionUse.Image;

    public FormModel Form() => new(Name, [new InfoEntry("name", () => Language.Fill(Words.Machine.PartitionTitle, Description.Value.Length > 0 ? Description.Value : Name)), _os, _join, _productId, _data, _blocks], FormAction.Take(Words.Common.Next))
    {
        Help = Words.Machine.CloneHelp,
    };

    /// <summary>One line for the summary.</summary>
    public string Summary => string.Join("  ", new[]
    {
        Name, Description.Value, _os.Chosen?.Label ?? "", IsWindows ? _join.Chosen?.Label ?? "" : "", IsImaged ? _blocks.Chosen?.Label ?? "" : _data.Chosen?.Label ?? "",
    }.Where(part => part.Length > 0));

    /// <param name="disk">Number of its disk in the image.</param>
    /// <param name="isTaken">False: it is not in the new version, and left as it is at a restore.</param>
    public PartitionPlan Plan(int disk, bool isTaken)
    {
        var use = isTaken ? Use : PartitionUse.Leave;
        return new PartitionPlan(
            disk,
            Layout.Number,
            Description.Value.Trim(),
            Os,
            IsWindows && Enum.TryParse<JoinMode>(_join.Value, out var join) ? join : JoinMode.No,
            _productId.IsAsked && _productId.IsChanged ? _productId.Value.Trim() : _before?.ProductId,
            use,
            use == PartitionUse.Format ? _data.Value : null,
            Grow: use is PartitionUse.Image or PartitionUse.Format && _before is { Grow: true });
    }

    private static List<Choice> Systems() =>
    [
        new(nameof(OperatingSystem.Win2K), "Windows 2000"), new(nameof(OperatingSystem.WinXP), "Windows XP"), new(nameof(OperatingSystem.WinVista), "Windows Vista"),
        new(nameof(OperatingSystem.Win7), "Windows 7"), new(nameof(OperatingSystem.Win8), "Windows 8"), new(nameof(OperatingSystem.Win10), "Windows 10"),
        new(nameof(OperatingSystem.Win11), "Windows 11"), new(nameof(OperatingSystem.WinBoot), Words.Machine.OsWinBoot), new(nameof(OperatingSystem.Linux), "Linux"),
        new(nameof(OperatingSystem.Data), Words.Machine.OsData),
    ];

    // Renaming and joining by a script needs what Windows 7 brought.
    private List<Choice> Joins() =>
    [
        new(nameof(JoinMode.Domain), Words.Machine.JoinDomain),
        new(nameof(JoinMode.Workgroup), Words.Machine.JoinWorkgroup),
        .. Os is OperatingSystem.Win2K or OperatingSystem.WinXP or OperatingSystem.WinVista ? (Choice[])[] : [new(nameof(JoinMode.Simple), Words.Machine.JoinSimple)],
        new(nameof(JoinMode.No), Words.Machine.JoinNo),
    ];

    private static List<Choice> DataChoices() =>
    [
        .. s_formats.Select(format => new Choice(format, Language.Fill(Words.Machine.DataFormat, format))),
        new(Copy, Words.Machine.DataCopy),
        new(Leave, Words.Machine.DataLeave),
    ];

    private static string DataOf(PartitionPlan? before) => before?.Use switch
    {
        PartitionUse.Format => before.Format ?? Copy,
        PartitionUse.Leave => Leave,
        _ => Copy,
    };

    private static OperatingSystem Guess(PartitionLayout partition) => partition.FileSystem switch
    {
        "ntfs" => partition.Length < SmallSystem ? OperatingSystem.WinBoot : OperatingSystem.Win11,
        { } linux when s_linux.Contains(linux) => OperatingSystem.Linux,
        _ => string.Equals(partition.Type, EfiSystem, StringComparison.OrdinalIgnoreCase) || partition.FileSystem is null ? OperatingSystem.WinBoot : OperatingSystem.Data,
    };
}
