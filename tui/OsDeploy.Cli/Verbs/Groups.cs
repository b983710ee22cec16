using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

/// <summary>Words that only hold verbs: <c>disk</c>, <c>image</c>, <c>manual</c>.</summary>
internal static class Groups
{
    public static string NameOf(ImageKind kind) => kind == ImageKind.Manual ? "manual" : "image";

    public static System.CommandLine.Command Disk(Session session) => new("disk", "Look at disks; never writes to them.")
    {
        new DiskListVerb(session),
        new DiskInspectVerb(session),
    };

    public static System.CommandLine.Command Image(Session session) => new(NameOf(ImageKind.Image), "Look after the images in a store.")
    {
        new ImageListVerb(session, ImageKind.Image),
        new ImageShowVerb(session),
        new ImageCompareVerb(session),
        new ImageCheckVerb(session),
        new ImageCurrentVerb(session),
        new ImageDeleteVerb(session),
        new ImageUndeleteVerb(session),
        new ImagePruneVerb(session),
        new ImageExportVerb(session),
        new ImageImportVerb(session),
        new ImageSignVerb(session),
    };

    public static System.CommandLine.Command Registry(Session session) => new("registry", "Read and change the registry of a Windows that does not run.")
    {
        new RegistryExportVerb(session),
        new RegistryMergeVerb(session),
    };

    public static System.CommandLine.Command Manual(Session session) => new(
        NameOf(ImageKind.Manual),
        "Back up and restore single partitions under a free name. `osdeploy image ... --manual` shows, checks, copies and signs backups too.")
    {
        new ManualBackupVerb(session),
        new ManualRestoreVerb(session),
        new ImageListVerb(session, ImageKind.Manual),
        new ManualDeleteVerb(session),
    };
}
