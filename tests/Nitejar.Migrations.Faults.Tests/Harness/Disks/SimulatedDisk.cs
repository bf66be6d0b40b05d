using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Disks;

/// <summary>
/// A folder on a disk that promises no more than POSIX does: what was flushed outlasts a power cut; of all else, each
/// sector and each name may or may not, in any combination.
/// </summary>
internal sealed class SimulatedDisk
{
    private readonly string _folder;
    private readonly Dictionary<string, SimulatedFile> _names = [];
    private readonly Dictionary<string, SimulatedFile> _flushedNames;
    private readonly List<Action<Dictionary<string, SimulatedFile>>> _nameChanges = [];

    /// <summary>The folder as it is now, all of it flushed.</summary>
    public SimulatedDisk(Site site)
    {
        _folder = site.Folder;
        foreach (var name in site.Files)
        {
            _names[site[name]] = new SimulatedFile(File.ReadAllBytes(site[name]));
        }

        _flushedNames = new Dictionary<string, SimulatedFile>(_names);
    }

    public void Apply(DiskCall call)
    {
        switch (call)
        {
            case DiskCall.Created created when !_names.ContainsKey(created.Path):
                var made = new SimulatedFile([]);
                ChangeNames(names => names[created.Path] = made);
                break;
            case DiskCall.Written written:
                _names[written.Path].Change(written);
                break;
            case DiskCall.Resized resized:
                _names[resized.Path].Change(resized);
                break;
            case DiskCall.Linked linked:
                var file = _names[linked.Path];
                ChangeNames(names => names[linked.NewPath] = file);
                break;
            case DiskCall.Renamed renamed:
                var moved = _names[renamed.Path];
                ChangeNames(names =>
                {
                    names.Remove(renamed.Path);
                    names[renamed.NewPath] = moved;
                });
                break;
            case DiskCall.Unlinked unlinked:
                ChangeNames(names => names.Remove(unlinked.Path));
                break;
            case DiskCall.Flushed { Path: var path } when path == _folder:
                _nameChanges.ForEach(change => change(_flushedNames));
                _nameChanges.Clear();
                break;
            case DiskCall.Flushed flushed:
                _names[flushed.Path].Flush();
                break;
            default:
                break;
        }
    }

    /// <summary>Writes what is there after a power cut into the folder of another site.</summary>
    /// <param name="site">Its folder is empty.</param>
    /// <param name="survives">Asked of everything that was not flushed.</param>
    public void CutInto(Site site, Func<bool> survives)
    {
        var names = new Dictionary<string, SimulatedFile>(_flushedNames);
        foreach (var change in _nameChanges.Where(_ => survives()))
        {
            change(names);
        }

        // A file may have two names.
        foreach (var file in names.GroupBy(name => name.Value, name => name.Key))
        {
            var content = file.Key.AfterCut(survives);
            foreach (var path in file)
            {
                File.WriteAllBytes(site[Path.GetRelativePath(_folder, path)], content);
            }
        }
    }

    private void ChangeNames(Action<Dictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _nameChanges.Add(change);
    }
}
