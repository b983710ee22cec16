using System.Text.Json;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Measuring;

namespace OsDeploy.Benchmarks.Volumes;

/// <summary>Makes volumes, or finds those an earlier run has made. Commit point: <c>volume.json</c>, written last.</summary>
/// <param name="say">Told of each step that takes its time.</param>
internal sealed class VolumeMaker(string folder, Action<string> say)
{
    public bool Has(VolumeRecipe recipe) => Find(recipe) is not null;

    public async Task<Volume> GetAsync(VolumeRecipe recipe, CancellationToken cancel) =>
        Find(recipe) ?? await MakeAsync(recipe, cancel);

    /// <summary>One volume a folder: another recipe's would be made anew each time.</summary>
    public static string FolderNameOf(VolumeRecipe recipe) => recipe.Folder ?? recipe.FileSystem;

    private Volume? Find(VolumeRecipe recipe)
    {
        var record = RecordOf(recipe);
        if (!File.Exists(record))
        {
            return null;
        }

        var volume = JsonSerializer.Deserialize<Volume>(File.ReadAllText(record));
        return volume?.Recipe == recipe && File.Exists(volume.First.Disk) && File.Exists(volume.Later.Disk) ? volume : null;
    }

    private async Task<Volume> MakeAsync(VolumeRecipe recipe, CancellationToken cancel)
    {
        var (first, later) = (DiskOf(recipe, Day.First), DiskOf(recipe, Day.Later));
        Directory.CreateDirectory(FolderOf(recipe));
        File.Delete(RecordOf(recipe));
        say($"making the {recipe.FileSystem} volume");
        await DiskImage.MakeAsync(first, recipe.DiskBytes, recipe.FileSystem, cancel);
        await WithMountedAsync(recipe, first, root => new FirstDay(root, new Random(recipe.Seed))
            .Fill([.. SourceFiles.For(recipe.FileSystem)], recipe.FileBytes, recipe.MediaBytes, cancel), cancel);
        say($"letting a day pass on the {recipe.FileSystem} volume");
        await DiskImage.CopyAsync(first, later, cancel);
        await WithMountedAsync(recipe, later, root => new LaterDay(root, new Random(recipe.Seed + 1)).Pass(cancel), cancel);
        var volume = new Volume(
            recipe, await DescribeAsync(recipe, first, cancel), await DescribeAsync(recipe, later, cancel));
        await File.WriteAllTextAsync(RecordOf(recipe), JsonSerializer.Serialize(volume), cancel);
        return volume;
    }

    private static async Task WithMountedAsync(VolumeRecipe recipe, string disk, Action<string> use, CancellationToken cancel)
    {
        await using (var devices = await AttachedDisk.AttachAsync(disk, isReadOnly: false, cancel))
        {
            await using var mounted = await Mounted.MountAsync(devices.Partition, recipe.FileSystem, disk + ".mounted", cancel);
            use(mounted.Folder);
        }

        Directory.Delete(disk + ".mounted");
        await PageCache.DropAsync(cancel);
    }

    private async Task<DayImage> DescribeAsync(VolumeRecipe recipe, string disk, CancellationToken cancel)
    {
        await using var devices = await AttachedDisk.AttachAsync(disk, isReadOnly: true, cancel);
        var used = await UsedBlocks.ReadAsync(devices.Partition, recipe.Partclone, FolderOf(recipe), cancel);
        var ranges = disk + ".ranges";
        await UsedBlocks.SaveAsync(used, ranges, cancel);
        return new DayImage(disk, ranges, used.TotalLength, used.Runs.Length, BareHash.Of(devices.Partition, used, cancel));
    }

    private string FolderOf(VolumeRecipe recipe) => Path.Combine(folder, FolderNameOf(recipe));

    private string RecordOf(VolumeRecipe recipe) => Path.Combine(FolderOf(recipe), "volume.json");

    private string DiskOf(VolumeRecipe recipe, Day day) => Path.Combine(FolderOf(recipe), day == Day.First ? "first.img" : "later.img");
}
