using System.CommandLine;
using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Cli.Verbs;

internal sealed class ManualBackupVerb : Verb
{
    private readonly Argument<string> _disk = VerbOptions.Disk();
    private readonly Argument<int> _partition = VerbOptions.Partition();
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<string> _name = VerbOptions.ManualName(withVersion: false);
    private readonly Option<bool> _withTable = new("--with-table") { Description = "Keep the partition table and boot code of the disk too." };
    private readonly Option<bool> _allowBadSectors = VerbOptions.AllowBadSectors();
    private readonly Option<bool> _allowRaw = VerbOptions.AllowRaw();
    private readonly Option<int> _level = VerbOptions.Level();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ManualBackupVerb(Session session)
        : base(
            session,
            "backup",
            "Back up one partition under a free name. The disk is only read.",
            "manual backup /dev/sda 3 --store /mnt/usb/store --name office-c",
            "manual backup /dev/sda 3 --store /mnt/usb/store --name office-c --with-table") =>
        Takes(_disk, _partition, _store, _name, _withTable, _allowBadSectors, _allowRaw, _level, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var options = new CaptureOptions(
            ImageKind.Manual,
            ImageName.Parse(parsed.GetRequiredValue(_name)),
            Partitions: new HashSet<int> { parsed.GetRequiredValue(_partition) },
            AllowBadSectors: parsed.GetValue(_allowBadSectors),
            AllowRaw: parsed.GetValue(_allowRaw),
            WithTable: parsed.GetValue(_withTable),
            ZstdLevel: parsed.GetValue(_level));
        var report = await CaptureJob.RunAsync(Session, [parsed.GetRequiredValue(_disk)], parsed.GetValue(_store), options, cancel);
        return CaptureJob.Print(Terminal.Output, report, parsed.GetValue(_json));
    }
}
