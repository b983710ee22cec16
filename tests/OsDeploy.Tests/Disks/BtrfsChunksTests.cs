using OsDeploy.Disks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class BtrfsChunksTests
{
    private const string Dump = """
        chunk tree
        	item 1 key (FIRST_CHUNK_TREE CHUNK_ITEM 13631488) itemoff 16105 itemsize 80
        		length 8388608 owner 2 stripe_len 65536 type DATA|single
        			stripe 0 devid 1 offset 1000000
        	item 2 key (FIRST_CHUNK_TREE CHUNK_ITEM 22020096) itemoff 15993 itemsize 112
        		length 4096 owner 2 stripe_len 65536 type METADATA|DUP
        			stripe 0 devid 1 offset 20000
        			dev_uuid b96ad0a1-1f63-415c-91c4-7f386e45edc2
        			stripe 1 devid 1 offset 50000
        """;

    [Fact]
    public void What_is_used_in_one_copy_is_used_in_the_other_and_nothing_else()
    {
        var used = RangeSet.Of(new ByteRange(0, 100), new ByteRange(20_010, 5), new ByteRange(54_000, 200), new ByteRange(1_000_000, 10));

        var every = BtrfsChunks.Parse(Dump).InEveryCopy(used);

        Assert.Equal(
            [new(0, 100), new(20_010, 5), new(24_000, 96), new(50_010, 5), new(54_000, 200), new(1_000_000, 10)],
            every.Runs.ToArray());
    }

    [Fact]
    public void A_damaged_dump_is_refused_and_never_worse() =>
        TextMutation.Fuzz(Dump, text => BtrfsChunks.Parse(text).InEveryCopy(RangeSet.Of(new ByteRange(0, 1 << 20))));
}
