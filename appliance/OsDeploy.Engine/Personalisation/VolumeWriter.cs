using Mono.Unix;
using Mono.Unix.Native;
using OsDeploy.Storage;

namespace OsDeploy.Personalisation;

/// <summary>Writes files into a mounted volume, each whole or not at all, with the rights that its system expects of them.</summary>
internal sealed class VolumeWriter(VolumeTree tree, PersonalContent content)
{
    private const FilePermissions Folders = FilePermissions.S_IRWXU | FilePermissions.S_IRGRP | FilePermissions.S_IXGRP | FilePermissions.S_IROTH | FilePermissions.S_IXOTH;

    /// <summary>Whether a step would change anything.</summary>
    public bool IsDone(FileStep step) => step switch
    {
        RemoveStep remove => tree.Find(remove.Path) is null,
        LinkStep link => UnixPath.TryReadLink(PlaceOfLink(link)) == link.Target,
        WriteStep { Content: { } bytes } write => tree.TryRead(write.Path, bytes.Length) is { } there && there.AsSpan().SequenceEqual(bytes),
        _ => false,
    };

    public async Task DoAsync(FileStep step, CancellationToken cancel)
    {
        switch (step)
        {
            case WriteStep write:
                await WriteAsync(write, cancel);
                return;
            case LinkStep link:
                MakeLink(link);
                return;
            default:
                if (tree.Find(step.Path) is { } gone)
                {
                    DurableFile.Delete(gone);
                }

                return;
        }
    }

    // The link itself, not what it leads to.
    private string PlaceOfLink(LinkStep step) => Path.Combine(tree.PlaceOf(Path.GetDirectoryName(step.Path)!), Path.GetFileName(step.Path));

    private void MakeLink(LinkStep step)
    {
        var path = PlaceOfLink(step);
        MakeFolders(Path.GetDirectoryName(path)!);
        File.Delete(path);
        new UnixSymbolicLinkInfo(path).CreateSymbolicLinkTo(step.Target);
        DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
    }

    private async Task WriteAsync(WriteStep step, CancellationToken cancel)
    {
        var path = tree.PlaceOf(step.Path);
        MakeFolders(Path.GetDirectoryName(path)!);
        if (Directory.Exists(path))
        {
            throw PersonalErrors.IsFolder(step.Path);
        }

        var temporary = DurableFile.TemporaryNameFor(path);
        try
        {
            await using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                GiveRights(temporary, path, step.Access); // before its content is there
                await (step.Content is { } bytes ? file.WriteAsync(bytes, cancel).AsTask() : content.CopyAsync(step.File!, file, cancel));
                DurableFile.Sync(file.SafeFileHandle, temporary);
            }

            DurableFile.Publish(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A file that is there keeps its owner, its rights and what else the system keeps of it.
    private void GiveRights(string file, string replaced, FileAccessKind access)
    {
        if (!tree.KeepsRights)
        {
            return;
        }

        if (tree.IsWindows)
        {
            NtfsSecurity.Set(file, File.Exists(replaced) && access != FileAccessKind.Secret ? NtfsSecurity.Of(replaced) : null, access);
        }
        else if (Syscall.stat(replaced, out var stat) == 0)
        {
            Check(Syscall.chown(file, stat.st_uid, stat.st_gid), file);
            Check(Syscall.chmod(file, access == FileAccessKind.Secret ? FilePermissions.S_IRUSR | FilePermissions.S_IWUSR : stat.st_mode & FilePermissions.ALLPERMS), file);
            FileLabel.Copy(replaced, file);
        }
        else if (access != FileAccessKind.Secret)
        {
            Check(Syscall.chmod(file, access == FileAccessKind.Program ? Folders : FilePermissions.S_IRUSR | FilePermissions.S_IWUSR | FilePermissions.S_IRGRP | FilePermissions.S_IROTH), file);
        }
    }

    private void MakeFolders(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        MakeFolders(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder);
        if (tree is { IsWindows: true, KeepsRights: true })
        {
            NtfsSecurity.Set(folder, null, FileAccessKind.Everyone);
        }

        DurableFile.SyncFolder(Path.GetDirectoryName(folder)!);
    }

    private static void Check(int result, string path)
    {
        if (result != 0)
        {
            throw PersonalErrors.NoRights(path, new UnixIOException(Stdlib.GetLastError()));
        }
    }
}
