using Sfu.LoadTest.Speaking;

namespace Sfu.LoadTest.Tests.Speaking;

public sealed class OggPacketsTests
{
    [Fact]
    public void Packets_may_span_segments_and_pages()
    {
        byte[] large = [.. Enumerable.Range(0, 600).Select(i => (byte)i)];
        byte[] file = [.. Page([3, 255, 255], [1, 2, 3, .. large[..510]]), .. Page([90, 0], large[510..])];

        List<byte[]> packets = OggPackets.Read(file);

        Assert.Equal([[1, 2, 3], large, []], packets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(27)]
    public void A_broken_file_is_refused(int cut)
    {
        byte[] file = Page([3], [1, 2, 3]);
        if (cut == 0)
            file[0] = 0;

        Assert.Throws<InvalidDataException>(() => OggPackets.Read(cut == 0 ? file : file[..cut]));
    }

    private static byte[] Page(byte[] lacing, byte[] data) =>
        [.. "OggS"u8, .. new byte[22], (byte)lacing.Length, .. lacing, .. data];
}
