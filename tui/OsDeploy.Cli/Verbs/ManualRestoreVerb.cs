using System.CommandLine;
using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Cli.Verbs;

internal sealed class ManualRestoreVerb : Verb
{
    private readonly Argument<string> _disk = VerbOptions.Disk();
    private readonly Argument<int> _partition = VerbOptions.Partition();
    private readonly Option<string> _store = VerbOptions.Store();
    private readonly Option<string> _name = VerbOptions.ManualName(withVersion: true);
    private readonly Option<bool> _withTable = new("--with-table") { Description = "Put back the partition table and boot code too; all other partitions are lost." };
    private readonly Option<string> _verify = VerbOptions.Verify();
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _allowRemovable = VerbOptions.AllowRemovable();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ManualRestoreVerb(Session session)
        : base(
            session,
            "restore",
            "Put a backup back into a partition; the other partitions stay as they are.",
            "manual restore /dev/sda 3 --store /mnt/usb/store --name office-c") =>
        Takes(_disk, _partition, _store, _name, _withTable, _verify, _yes, _allowRemovable, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var reference = ImageReference.Parse(parsed.GetRequiredValue(_name));
        var options = new RestoreOptions(
            ImageKind.Manual,
            reference.Name,
            Partitions: parsed.GetValue(_withTable) ? null : new HashSet<int> { parsed.GetRequiredValue(_partition) },
            Verify: parsed.GetVerifyMode(_verify),
            AllowRemovable: parsed.GetValue(_allowRemovable));
        var report = await RestoreJob.RunAsync(
            Session, [parsed.GetRequiredValue(_disk)], parsed.GetRequiredValue(_store), options, reference.Version, parsed.GetValue(_yes), cancel);
        return RestoreJob.Print(Terminal.Output, report, parsed.GetValue(_json));
    }
}
